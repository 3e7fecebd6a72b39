package lowrank4j.blas;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The operating system and processor.
 *
 * @param system {@code linux}, {@code macosx}, {@code windows}, or what Java calls another one
 * @param processor {@code x86_64}, {@code arm64}, or what Java calls another one
 */
record Platform(String system, String processor) {
    static Platform current() {
        return of(System.getProperty("os.name", "unknown"), System.getProperty("os.arch", "unknown"));
    }

    static Platform of(String osName, String osArch) {
        String name = osName.toLowerCase(Locale.ROOT);
        String system =
                name.startsWith("mac") ? "macosx" : name.startsWith("windows") ? "windows" : name.replaceAll("\\s", "");
        String processor = switch (osArch) {
            case "amd64" -> "x86_64";
            case "aarch64" -> "arm64";
            default -> osArch;
        };
        return new Platform(system, processor);
    }

    /** Such as {@code linux-x86_64}. */
    String name() {
        return system + "-" + processor;
    }

    /** File names that an installed OpenBLAS or LAPACKE goes by. */
    List<String> libraryNames() {
        return switch (system) {
            case "macosx" -> List.of("libopenblas.0.dylib", "libopenblas.dylib");
            case "windows" -> List.of("libopenblas.dll", "openblas.dll");
            default -> List.of("libopenblas.so.0", "liblapacke.so.3");
        };
    }

    /** The files of these names in the library folders of Java and of the system. */
    List<Path> installedLibraries() {
        Stream<String> folders = Stream.concat(
                Stream.of(System.getProperty("java.library.path", "").split(File.pathSeparator))
                        .filter(f -> !f.isBlank()),
                systemFolders().stream());
        List<Path> distinct = folders.map(Path::of).distinct().toList();
        return libraryNames().stream()
                .flatMap(file -> distinct.stream().map(folder -> folder.resolve(file)))
                .filter(Files::isRegularFile)
                .map(Path::toAbsolutePath)
                .toList();
    }

    private List<String> systemFolders() {
        return switch (system) {
            case "macosx" -> List.of("/opt/homebrew/opt/openblas/lib", "/usr/local/opt/openblas/lib");
            case "windows" -> List.of();
            default -> {
                String debian = (processor.equals("arm64") ? "aarch64" : processor) + "-linux-gnu";
                yield List.of("/usr/local/lib", "/usr/lib/" + debian, "/usr/lib64", "/usr/lib");
            }
        };
    }

    /** The folder for what can be made again, of the user this runs as; empty where the environment names none. */
    Optional<Path> userCache() {
        return switch (system) {
            case "macosx" -> home().map(home -> home.resolve("Library/Caches"));
            case "windows" -> environment("LOCALAPPDATA");
            default -> environment("XDG_CACHE_HOME").or(() -> home().map(home -> home.resolve(".cache")));
        };
    }

    private static Optional<Path> home() {
        return absolute(System.getProperty("user.home", ""));
    }

    private static Optional<Path> environment(String name) {
        return Optional.ofNullable(System.getenv(name)).flatMap(Platform::absolute);
    }

    /** Java says "?" where the user has no home. */
    private static Optional<Path> absolute(String path) {
        return Optional.of(path).filter(p -> !p.isBlank()).map(Path::of).filter(Path::isAbsolute);
    }
}
