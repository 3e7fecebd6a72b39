package lowrank4j.blas;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * The libraries in this module's resources, for one platform.
 *
 * <p>The resource {@code natives/PLATFORM/SHA256SUMS} lists them with their SHA-256 sums, in the order of loading: what a library
 * needs comes before it. They are unpacked into a folder named for that list, so that another version has another folder.
 */
final class BundledLibraries {
    private record Library(String file, String sha256) {}

    private final String folder;
    private final byte[] list;
    private final List<Library> libraries = new ArrayList<>();

    BundledLibraries(Platform platform) throws IOException {
        folder = "natives/" + platform.name() + "/";
        try (InputStream in = BundledLibraries.class.getResourceAsStream(folder + "SHA256SUMS")) {
            list = in == null ? new byte[0] : in.readAllBytes();
        }
        for (String line : new String(list, UTF_8).lines().toList()) {
            String[] words = line.split(" +", 2);
            libraries.add(new Library(words[1], words[0]));
        }
    }

    boolean isEmpty() {
        return libraries.isEmpty();
    }

    /**
     * The files in the order of loading, unpacked into the user's cache folder if they are not there yet.
     *
     * @param cache a folder to use instead
     * @throws IOException if no folder can be written and trusted, or a library in this build is missing or altered
     */
    List<Path> unpack(Optional<Path> cache) throws IOException {
        List<Path> folders = new ArrayList<>();
        if (cache.isPresent()) {
            folders.add(cache.get().toAbsolutePath().resolve("lowrank4j"));
        } else {
            Platform.current().userCache().ifPresent(user -> folders.add(user.resolve("lowrank4j")));
            // Homes may be missing or read-only, in containers above all.
            folders.add(Path.of(System.getProperty("java.io.tmpdir"), "lowrank4j-" + System.getProperty("user.name")));
        }
        List<String> failures = new ArrayList<>();
        for (Path parent : folders) {
            try {
                return unpackInto(parent);
            } catch (FileSystemException failed) {
                failures.add("no access to " + failed.getMessage());
            } catch (IOException failed) {
                failures.add(String.valueOf(failed.getMessage()));
            }
        }
        throw new IOException(String.join("; ", failures));
    }

    private List<Path> unpackInto(Path parent) throws IOException {
        String version = HexFormat.of().formatHex(sha256().digest(list)).substring(0, 16);
        Path target = parent.resolve("openblas-" + version);
        makePrivate(parent);
        makePrivate(target);
        List<Path> files = new ArrayList<>();
        for (Library library : libraries) {
            Path file = target.resolve(library.file());
            if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                unpack(library, file);
            }
            files.add(file);
        }
        return files;
    }

    /** Several processes may do this at once; each moves a whole file into place. */
    private void unpack(Library library, Path file) throws IOException {
        Path part = Files.createTempFile(file.getParent(), library.file(), ".part");
        MessageDigest digest = sha256();
        try {
            try (InputStream in = BundledLibraries.class.getResourceAsStream(folder + library.file())) {
                if (in == null) {
                    throw new IOException(library.file() + " is missing in this build");
                }
                try (var out = Files.newOutputStream(part)) {
                    new DigestInputStream(in, digest).transferTo(out);
                }
            }
            String found = HexFormat.of().formatHex(digest.digest());
            if (!found.equals(library.sha256())) {
                throw new IOException(library.file() + " in this build is not the one listed: its SHA-256 sum is "
                        + found + ", must be " + library.sha256());
            }
            Files.move(part, file, ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    /** Makes a folder that only this user can write, or finds that an existing one is such: code will be loaded from it. */
    private static void makePrivate(Path folder) throws IOException {
        boolean posix = folder.getFileSystem().supportedFileAttributeViews().contains("posix");
        if (!posix) {
            Files.createDirectories(folder); // a part of the user's profile, which others cannot write
            return;
        }
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
        Path probe = Files.createTempFile(folder, "owner", ".part");
        try {
            PosixFileAttributes attributes = Files.readAttributes(folder, PosixFileAttributes.class);
            boolean owned = Files.getOwner(probe).equals(attributes.owner());
            boolean shared = attributes.permissions().contains(PosixFilePermission.GROUP_WRITE)
                    || attributes.permissions().contains(PosixFilePermission.OTHERS_WRITE);
            if (!owned || shared) {
                throw new IOException(
                        folder + " belongs to " + attributes.owner().getName() + " with permissions "
                                + PosixFilePermissions.toString(attributes.permissions())
                                + ": must belong to this user, and nobody else may write it");
            }
        } finally {
            Files.delete(probe);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError("every Java has SHA-256", impossible);
        }
    }
}
