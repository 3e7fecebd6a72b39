package lowrank4j.kernel;

/**
 * What computes: the kernels of one tier, the threads that call them in parallel, the report of how the tier was chosen, and the
 * clock. Kernels are single-threaded; operators split their work into blocks over {@link #workers()}.
 */
public final class Engine implements AutoCloseable {
    private final Tiers.Selection selection;
    private final Workers workers;

    private Engine(Tiers.Selection selection, int threads) {
        this.selection = selection;
        this.workers = new Workers(threads);
    }

    /** The best tier of this machine, on all processors. */
    public static Engine open() {
        return open(Tiers.select(), Runtime.getRuntime().availableProcessors());
    }

    /**
     * A tier already chosen, on a number of threads.
     *
     * @param threads at least 1; results do not depend on it
     */
    public static Engine open(Tiers.Selection selection, int threads) {
        return new Engine(selection, threads);
    }

    public Kernels kernels() {
        return selection.kernels();
    }

    public Workers workers() {
        return workers;
    }

    public TierReport report() {
        return selection.report();
    }

    public KernelClock clock() {
        return selection.clock();
    }

    /** Ends the threads. */
    @Override
    public void close() {
        workers.close();
    }
}
