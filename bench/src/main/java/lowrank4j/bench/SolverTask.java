package lowrank4j.bench;

/**
 * What one side of a run of solvers is asked to do, in a line of JSON.
 *
 * @param method the library's name of a method, or one of the constants below
 * @param rank carried; told where the start is not given
 * @param step η, divided by {@code energy}
 * @param damping λ, where the method has a fixed one
 * @param energy {@link lowrank4j.sensing.MeasurementOperator#energy()}
 * @param iterations at the most
 * @param tolerance relative residual at which to end
 * @param threads of the library; NumPy has one
 */
record SolverTask(
        String method,
        int rank,
        double step,
        double damping,
        double energy,
        int iterations,
        double tolerance,
        int threads) {
    /** The library as it is, told nothing but the measurements. */
    static final String TOLD_NOTHING = "told-nothing";

    /** What is fastest in NumPy, its step tuned by hand, told the rank. */
    static final String TUNED = "tuned";

    /** The same with a number of threads. */
    SolverTask on(int number) {
        return new SolverTask(method, rank, step, damping, energy, iterations, tolerance, number);
    }

    /** Of another name. */
    SolverTask by(String other) {
        return new SolverTask(other, rank, step, damping, energy, iterations, tolerance, threads);
    }

    /** The same for so many iterations, wherever that leads. */
    SolverTask ending(int after) {
        return new SolverTask(method, rank, step, damping, energy, after, 0, threads);
    }
}
