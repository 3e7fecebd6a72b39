package lowrank4j.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.Consumer;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import lowrank4j.error.BadDataException;

/** Files that NumPy and SciPy wrote (see make_fixtures.py beside them) and damaged versions of files. */
final class Fixtures {
    /** Characters that mean something to one of the readers. */
    private static final String TELLING = "0123456789-+.,;:'\"(){}[]<>|=\t\r\n %eE";

    private Fixtures() {}

    static Path path(String name) {
        URL url = Objects.requireNonNull(Fixtures.class.getResource(name), name);
        try {
            return Path.of(url.toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(name, e);
        }
    }

    static byte[] bytes(Path path) {
        try {
            return Files.readAllBytes(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Path write(Path path, byte[] bytes) {
        try {
            return Files.write(path, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Path write(Path path, String text) {
        return write(path, text.getBytes(StandardCharsets.UTF_8));
    }

    /** Makes a zip archive of entries that need not be what their names say. */
    @SafeVarargs
    static Path zip(Path path, Map<String, byte[]>... entries) {
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(path))) {
            for (Map<String, byte[]> some : entries) {
                for (Map.Entry<String, byte[]> entry : some.entrySet()) {
                    zip.putNextEntry(new ZipEntry(entry.getKey()));
                    zip.write(entry.getValue());
                }
            }
            return path;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Map<String, byte[]> unzip(Path path) {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(path))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                entries.put(entry.getName(), zip.readAllBytes());
            }
            return entries;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Gives every beginning of a file to a reader, which must read it or refuse it with a message that names it. */
    static void truncateEverywhere(byte[] file, Path target, Consumer<Path> reader) {
        for (int length = 0; length < file.length; length++) {
            write(target, Arrays.copyOf(file, length));
            assertReadOrRefused("the first " + length + " bytes", target, reader);
        }
    }

    /** Gives seeded damaged versions of a file to a reader, which must read it or refuse it with a message that names it. */
    static void fuzz(byte[] file, Path target, int rounds, Consumer<Path> reader) {
        for (int seed = 0; seed < rounds; seed++) {
            Random random = new Random(seed);
            byte[] damaged = damage(file, random);
            write(target, damaged);
            assertReadOrRefused("seed " + seed, target, reader);
        }
    }

    private static byte[] damage(byte[] file, Random random) {
        byte[] damaged = file.clone();
        int changes = 1 + random.nextInt(3);
        for (int change = 0; change < changes; change++) {
            int at = random.nextInt(damaged.length);
            switch (random.nextInt(5)) {
                case 0 -> damaged[at] = (byte) random.nextInt(256);
                case 1 -> damaged[at] ^= (byte) (1 << random.nextInt(8));
                case 2 -> damaged[at] = (byte) TELLING.charAt(random.nextInt(TELLING.length()));
                case 3 -> {
                    int from = random.nextInt(damaged.length);
                    int count = Math.min(random.nextInt(16), damaged.length - Math.max(at, from));
                    System.arraycopy(damaged, from, damaged, at, count);
                }
                default -> damaged = Arrays.copyOf(damaged, Math.max(1, damaged.length + random.nextInt(9) - 4));
            }
        }
        return damaged;
    }

    private static void assertReadOrRefused(String what, Path target, Consumer<Path> reader) {
        Throwable thrown = catchThrowable(() -> reader.accept(target));
        if (thrown != null) {
            assertThat(thrown).as(what).isExactlyInstanceOf(BadDataException.class);
            assertThat(thrown)
                    .as(what)
                    .hasMessageContaining(target.getFileName().toString());
        }
    }
}
