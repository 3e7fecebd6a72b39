package lowrank4j.blas;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What the caller wishes of the search for a library.
 *
 * @param source {@code auto} or the only source to try, as the caller wrote it
 */
record LoadSettings(Optional<Path> path, String source, Optional<Path> cache) {
    static LoadSettings ofProperties() {
        return new LoadSettings(
                property(OpenBlas.PATH_PROPERTY).map(Path::of),
                property(OpenBlas.SOURCE_PROPERTY).orElse("auto"),
                property(OpenBlas.CACHE_PROPERTY).map(Path::of));
    }

    private static Optional<String> property(String name) {
        return Optional.of(System.getProperty(name, "")).filter(value -> !value.isBlank());
    }
}
