package lowrank4j.blas;

import java.nio.file.Path;
import java.util.Locale;
import lowrank4j.blas.generated.OpenBlasControl;

/**
 * A loaded OpenBLAS, and the way to its routines.
 *
 * <p>Start Java with {@code --enable-native-access=lowrank4j.blas}, or {@code ALL-UNNAMED} on the class path; without, it warns.
 *
 * <p>Results of one build differ in their last bits between processors and thread counts: report {@link #version}, {@link
 * #coreName} and {@link #threads} with them.
 */
public final class OpenBlas {
    /** System property: the file of a library to use before all others, with CBLAS, LAPACKE and 32-bit integers. */
    public static final String PATH_PROPERTY = "lowrank4j.blas.path";

    /** System property: {@code auto} (the default), or the only {@link Source} to try: {@code path}, {@code bundled}, {@code system}. */
    public static final String SOURCE_PROPERTY = "lowrank4j.blas.source";

    /** System property: the folder to unpack bundled libraries in, in place of the user's cache folder. */
    public static final String CACHE_PROPERTY = "lowrank4j.blas.cache";

    private static final String NOT_OPENBLAS = "a BLAS other than OpenBLAS, most likely the slow reference BLAS";

    private final Source source;
    private final Path location;
    private final boolean answers;
    private final Blas blas = new Blas();
    private final FloatBlas floatBlas = new FloatBlas();
    private final Lapack lapack = new Lapack();
    private final FloatLapack floatLapack = new FloatLapack();

    /** @param answers whether the library has the functions that only OpenBLAS has */
    OpenBlas(Source source, Path location, boolean answers) {
        this.source = source;
        this.location = location;
        this.answers = answers;
    }

    private static final class OnFirstUse {
        private static final LoadReport REPORT = LibraryLoader.load(LoadSettings.ofProperties());
    }

    /**
     * Looks for a library on the first call, in the order of {@link Source}, tests it, and sets it to one thread; later calls return
     * the same report. Takes about 0.2 s of processor time; bundled libraries are unpacked once per user and version,
     * for 0.1 s more.
     */
    public static LoadReport load() {
        return OnFirstUse.REPORT;
    }

    public Source source() {
        return source;
    }

    /** The file that was loaded. */
    public Path location() {
        return location;
    }

    /** Such as {@code 0.3.31}, or {@code unknown} if the library is not an OpenBLAS. */
    public String version() {
        String[] words = answers ? config().split(" ", 3) : new String[0];
        return words.length > 1 ? words[1] : "unknown";
    }

    /** How the library was built, in its own words, or a sentence if it is not an OpenBLAS. */
    public String config() {
        return answers ? OpenBlasControl.openblas_get_config().getString(0) : NOT_OPENBLAS;
    }

    /** The kind of processor whose kernels run, such as {@code SkylakeX}; the environment's OPENBLAS_CORETYPE can force one. */
    public String coreName() {
        return answers ? OpenBlasControl.openblas_get_corename().getString(0) : "unknown";
    }

    public ThreadModel parallel() {
        return switch (answers ? OpenBlasControl.openblas_get_parallel() : 0) {
            case 0 -> ThreadModel.SEQUENTIAL;
            case 1 -> ThreadModel.PTHREADS;
            default -> ThreadModel.OPENMP;
        };
    }

    /** Threads that one call may use. */
    public int threads() {
        return answers ? OpenBlasControl.openblas_get_num_threads() : 1;
    }

    /**
     * Sets how many threads one call may use, for the whole process. It is 1 at first, whatever the environment says: threads of
     * the library spin while they wait, so that several make a busy machine many times slower.
     *
     * @param threads at least 1; more than the library was built for is cut to that number, see {@link #threads()}
     * @throws UnsupportedOperationException for more than 1 if the library is not an OpenBLAS
     */
    public void setThreads(int threads) {
        if (threads < 1) {
            throw new IllegalArgumentException("threads = " + threads + ": must be at least 1");
        }
        if (answers) {
            OpenBlasControl.openblas_set_num_threads(threads);
        } else if (threads > 1) {
            throw new UnsupportedOperationException("threads = " + threads + ": " + location + " is " + NOT_OPENBLAS);
        }
    }

    /** Products in double precision. */
    public Blas blas() {
        return blas;
    }

    /** Products in single precision. */
    public FloatBlas floatBlas() {
        return floatBlas;
    }

    /** Factorisations in double precision. */
    public Lapack lapack() {
        return lapack;
    }

    /** Factorisations in single precision. */
    public FloatLapack floatLapack() {
        return floatLapack;
    }

    @Override
    public String toString() {
        String library = answers ? "OpenBLAS " + version() + " for " + coreName() : NOT_OPENBLAS;
        return library + " (" + source.name().toLowerCase(Locale.ROOT) + ", " + location + ")";
    }
}
