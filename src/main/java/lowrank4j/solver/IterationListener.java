package lowrank4j.solver;

import lowrank4j.matrix.Factors;

/** Told of each iterate, on the thread that runs the recovery. */
@FunctionalInterface
public interface IterationListener {
    /**
     * Called once an iterate.
     *
     * @param event what was seen
     * @param factors the live factors: read them here, copy them to keep them, do not change them
     */
    void iterated(IterationEvent event, Factors factors);

    /** Listens to nothing. */
    static IterationListener none() {
        return (event, factors) -> {};
    }
}
