package lowrank4j.blas;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.SymbolLookup;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Tries one source of a library after the other. What is refused leaves a sentence. */
final class LibraryLoader {
    private static final List<String> SYMBOLS = Stream.of("d", "s")
            .flatMap(precision -> Stream.concat(
                    Stream.of("gemm", "syrk", "trsm", "omatcopy", "gemv", "dot", "axpy", "nrm2")
                            .map(name -> "cblas_" + precision + name),
                    Stream.of("potrf", "potrs", "geqrf", "orgqr", "gesdd", "syevd", "gels")
                            .map(name -> "LAPACKE_" + precision + name + "_work")))
            .toList();

    private final LoadSettings settings;
    private final List<String> refusals = new ArrayList<>();

    private LibraryLoader(LoadSettings settings) {
        this.settings = settings;
    }

    static LoadReport load(LoadSettings settings) {
        return new LibraryLoader(settings).load();
    }

    private LoadReport load() {
        for (Source source : wanted()) {
            try {
                Optional<Path> opened = switch (source) {
                    case PATH -> fromPath();
                    case BUNDLED -> bundled();
                    case SYSTEM -> system();
                };
                if (opened.isPresent()) {
                    return test(source, opened.get());
                }
            } catch (IllegalCallerException denied) {
                refusals.add("Native code may not be called (" + denied.getMessage() + "): start Java with"
                        + " --enable-native-access=lowrank4j.blas, or =ALL-UNNAMED on the class path.");
                break;
            }
        }
        return new LoadReport.Unavailable(refusals);
    }

    private List<Source> wanted() {
        String name = settings.source().toUpperCase(Locale.ROOT);
        if (name.equals("AUTO")) {
            return settings.path().isPresent() ? List.of(Source.values()) : List.of(Source.BUNDLED, Source.SYSTEM);
        }
        Optional<Source> only = Arrays.stream(Source.values())
                .filter(source -> source.name().equals(name))
                .findFirst();
        if (only.isEmpty()) {
            refusals.add(
                    OpenBlas.SOURCE_PROPERTY + " = " + settings.source() + ": must be auto, path, bundled or system.");
        }
        return only.stream().toList();
    }

    private Optional<Path> fromPath() {
        if (settings.path().isEmpty()) {
            refusals.add("No library is named: the property " + OpenBlas.PATH_PROPERTY + " is not set.");
            return Optional.empty();
        }
        Path file = settings.path().get().toAbsolutePath();
        if (!Files.isRegularFile(file)) {
            refusals.add(OpenBlas.PATH_PROPERTY + " = " + file + ": there is no such file.");
            return Optional.empty();
        }
        return open(file);
    }

    private Optional<Path> bundled() {
        Platform platform = Platform.current();
        try {
            BundledLibraries libraries = new BundledLibraries(platform);
            if (libraries.isEmpty()) {
                refusals.add("This build holds no library for " + platform.name() + ".");
                return Optional.empty();
            }
            List<Path> files = libraries.unpack(settings.cache());
            files.forEach(LibraryLoader::loadFile);
            return Optional.of(files.getLast());
        } catch (IOException | UnsatisfiedLinkError failed) {
            refusals.add(
                    "The bundled library for " + platform.name() + " cannot be used: " + failed.getMessage() + ".");
            return Optional.empty();
        }
    }

    private Optional<Path> system() {
        Platform platform = Platform.current();
        List<Path> files = platform.installedLibraries();
        if (files.isEmpty()) {
            refusals.add("No library is installed: none of " + platform.libraryNames()
                    + " is in a library folder of the system.");
        }
        return files.stream().map(this::open).flatMap(Optional::stream).findFirst();
    }

    /** Loads {@code file} if it has every routine: what is once loaded cannot be taken back. */
    private Optional<Path> open(Path file) {
        try {
            List<String> missing = missing(file);
            if (!missing.isEmpty()) {
                refusals.add(file + " lacks " + missing.size() + " of the " + SYMBOLS.size() + " routines called, "
                        + missing.getFirst() + " first.");
                return Optional.empty();
            }
            loadFile(file);
            return Optional.of(file);
        } catch (UnsatisfiedLinkError failed) {
            refusals.add(file + " cannot be loaded: " + failed.getMessage() + ".");
            return Optional.empty();
        }
    }

    private static List<String> missing(Path file) {
        SymbolLookup symbols = symbols(file);
        return SYMBOLS.stream().filter(name -> symbols.find(name).isEmpty()).toList();
    }

    @SuppressWarnings("restricted")
    private static SymbolLookup symbols(Path file) {
        try {
            return SymbolLookup.libraryLookup(file, Arena.global());
        } catch (IllegalArgumentException notLoadable) {
            loadFile(file); // fails as well, and says why
            return SymbolLookup.loaderLookup();
        }
    }

    @SuppressWarnings("restricted")
    private static void loadFile(Path file) {
        System.load(file.toString());
    }

    private LoadReport test(Source source, Path location) {
        boolean answers =
                SymbolLookup.loaderLookup().find("openblas_get_config").isPresent();
        OpenBlas library = new OpenBlas(source, location, answers);
        if (library.config().contains("USE64BITINT")) {
            return unfit(location + " counts with 64-bit integers: must be built for 32-bit ones");
        }
        if (!answers) {
            refusals.add(location + " is used, though slow: it is " + library.config() + ".");
        }
        library.setThreads(1);
        Optional<String> wrong = SelfTest.run(library.blas(), library.lapack());
        return wrong.isPresent()
                ? unfit(library + " failed its self-test: " + wrong.get())
                : new LoadReport.Loaded(library, refusals);
    }

    private LoadReport unfit(String sentence) {
        refusals.add(sentence + ". It cannot be unloaded, so no other is tried.");
        return new LoadReport.Unavailable(refusals);
    }
}
