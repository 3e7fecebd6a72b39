package lowrank4j.bench;

import java.util.List;
import lowrank4j.solver.Initialisation;

/**
 * A recovery on which whole solvers are measured: a matrix of n × n, whose singular values fall linearly from 1 to a quarter.
 *
 * @param trueRank of the matrix
 * @param count of measurements
 */
record SolverProblem(Kind kind, int n, int trueRank, int count) {
    /** The smallest singular value of the matrix; the largest is 1. */
    static final double SMALLEST = 0.25;

    /** What is measured. */
    enum Kind {
        /** Symmetric measurement matrices, of a symmetric matrix. */
        SYMMETRIC("symmetric sensing"),
        /** Measurement matrices without structure. */
        RECTANGULAR("rectangular sensing"),
        /** Single entries. */
        COMPLETION("completion");

        private final String title;

        Kind(String title) {
            this.title = title;
        }
    }

    /**
     * A method as both sides run it.
     *
     * @param name as {@link SolverTask} has it
     * @param rank carried
     * @param start which one side draws and both read
     * @param step η
     * @param damping λ, where the method has a fixed one
     */
    record Run(String name, int rank, Initialisation start, double step, double damping) {}

    /**
     * The sizes of Xu, Shen, Chi, Ma 2023 for symmetric sensing and of Tong, Ma, Chi 2021 for completion. Their rectangular sensing (n 200,
     * r 10, m 5nr) takes 3.2 GB on each side and most of a second an iteration; its half, at ten instead of five times nr, because
     * twice the rank is carried, takes 0.4 GB.
     */
    static List<SolverProblem> ofPapers() {
        return List.of(
                new SolverProblem(Kind.SYMMETRIC, 150, 3, 4500),
                new SolverProblem(Kind.RECTANGULAR, 100, 5, 5000),
                new SolverProblem(Kind.COMPLETION, 1000, 10, 200_000));
    }

    /** The same, too small to mean anything. */
    static List<SolverProblem> small() {
        return List.of(
                new SolverProblem(Kind.SYMMETRIC, 24, 2, 480),
                new SolverProblem(Kind.RECTANGULAR, 20, 2, 800),
                new SolverProblem(Kind.COMPLETION, 60, 2, 1800));
    }

    boolean isSymmetric() {
        return kind == Kind.SYMMETRIC;
    }

    String title() {
        return kind.title;
    }

    /** Such as "n 150, rank 3, m 4500". */
    String size() {
        return "n " + n + ", rank " + trueRank + ", m " + count;
    }

    /** Numbers in a measurement matrix as the library stores it. */
    int width() {
        return isSymmetric() ? n * (n + 1) / 2 : n * n;
    }

    /** The core methods, with the constants of their papers where they print them; over-parametrised where they are made for it. */
    List<Run> runs() {
        Initialisation spectral = Initialisation.spectral();
        return switch (kind) {
            case SYMMETRIC ->
                List.of(
                        new Run("gradient-descent", trueRank + 2, Initialisation.gaussian(1e-10), 0.85, 0),
                        new Run("scaled-gd", trueRank, spectral, 0.5, 0),
                        new Run("scaled-gd-lambda", trueRank + 2, Initialisation.gaussian(1e-16), 0.3, 0.5 * SMALLEST),
                        new Run("precgd", trueRank + 2, spectral, 0.5, 0),
                        new Run("apgd", trueRank, spectral, 0.5, 0));
            case RECTANGULAR ->
                List.of(
                        new Run("gradient-descent", 2 * trueRank, Initialisation.gaussian(1e-10), 0.5, 0),
                        new Run("scaled-gd", trueRank, spectral, 0.5, 0),
                        new Run("scaled-gd-lambda", 2 * trueRank, Initialisation.gaussian(1e-16), 0.3, 0.5 * SMALLEST),
                        new Run("precgd", 2 * trueRank, spectral, 0.5, 0),
                        new Run("apgd", 2 * trueRank, spectral, 0.8, 0));
            case COMPLETION ->
                List.of(
                        new Run("gradient-descent", trueRank, spectral, 0.5, 0),
                        new Run("scaled-gd", trueRank, spectral, 0.5, 0));
        };
    }
}
