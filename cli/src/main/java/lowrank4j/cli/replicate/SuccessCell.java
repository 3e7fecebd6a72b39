package lowrank4j.cli.replicate;

import java.lang.foreign.Arena;
import java.util.Arrays;
import java.util.Locale;
import java.util.Random;
import lowrank4j.MatrixSensing;
import lowrank4j.RecoveryOptions;
import lowrank4j.RecoveryResult;
import lowrank4j.cli.report.Numbers;
import lowrank4j.kernel.Engine;
import lowrank4j.kernel.Kernels;
import lowrank4j.kernel.Tier;
import lowrank4j.kernel.Tiers;
import lowrank4j.matrix.DenseRows;
import lowrank4j.matrix.Factors;
import lowrank4j.matrix.Matrix;
import lowrank4j.sensing.DenseSensing;
import lowrank4j.solver.Termination;

/**
 * One cell of the success map: problems of one kind, for a solver that is told nothing.
 *
 * @param form of the unknown
 * @param rank r, of the unknown; of pure noise, the rank whose free parameters set the number of measurements
 * @param conditionNumber of the unknown, whose singular values are evenly spaced from 1 to its inverse
 * @param oversampling measurements in units of the free parameters
 * @param noise in the measurements
 */
record SuccessCell(Form form, int rank, double conditionNumber, double oversampling, Noise noise) {
    /** Error below which a matrix measured without noise counts as recovered. */
    static final double EXACT = 1e-6;

    /** Error in units of the oracle's up to which a matrix measured with noise counts as recovered. */
    static final double ORACLES = 2.5;

    /** Edges of the noise above which the rank search takes a singular value for signal, whatever the sampling. */
    private static final double CLEAR_EDGES = 4;

    /** Form and size of the unknown. */
    enum Form {
        RECTANGULAR(40, 30),
        SYMMETRIC(40, 40);

        private final int rows;
        private final int columns;

        Form(int rows, int columns) {
            this.rows = rows;
            this.columns = columns;
        }

        String title() {
            return name().toLowerCase(Locale.ROOT);
        }

        int freedom(int rank) {
            return this == SYMMETRIC ? rank * rows - rank * (rank - 1) / 2 : rank * (rows + columns - rank);
        }

        /** Numbers that such a matrix has: as many measurements determine it, of whatever rank. */
        int entries() {
            return this == SYMMETRIC ? rows * (rows + 1) / 2 : rows * columns;
        }

        DenseRows measurements(int count, long seed, Engine engine, Arena arena) {
            return this == SYMMETRIC
                    ? GaussianSensing.symmetricRows(rows, count, seed, engine, arena)
                    : GaussianSensing.rectangularRows(rows, columns, count, seed, engine, arena);
        }

        /** The largest singular value that noise of this size in each measurement has in X. */
        double edge(double deviation, int count) {
            return this == SYMMETRIC
                    ? deviation * 2 * Math.sqrt(rows / (2.0 * count))
                    : deviation * (Math.sqrt(rows) + Math.sqrt(columns)) / Math.sqrt(count);
        }
    }

    /** Noise in the measurements, its norm in units of theirs. */
    enum Noise {
        NONE("no noise", 0),
        SLIGHT("1 % noise", 0.01),
        STRONG("5 % noise", 0.05),
        PURE("pure noise", Double.POSITIVE_INFINITY);

        private final String title;
        private final double part;

        Noise(String title, double part) {
            this.title = title;
            this.part = part;
        }

        String title() {
            return title;
        }
    }

    /**
     * What came of one problem.
     *
     * @param recovered whether the answer is right
     * @param misleading whether it is wrong, and nothing in the result says so
     * @param error relative; 1 for an answer of rank zero
     */
    record Found(boolean recovered, boolean misleading, int rank, double error, int iterations) {}

    /** In the picture and in the CSV file. */
    String series() {
        return "rank " + rank + ", " + (noise == Noise.PURE ? "no signal" : "κ = " + Numbers.brief(conditionNumber));
    }

    int count() {
        return (int) Math.ceil(oversampling * form.freedom(rank));
    }

    /** Whether there are no more measurements than entries. */
    boolean isUndersampled() {
        return count() <= form.entries();
    }

    /**
     * Recovers one problem.
     *
     * @param all measurement matrices, of which the first {@link #count} are taken
     */
    Found solve(DenseRows all, Random random, Tier tier) {
        long bytes = all.byteOffset(count());
        DenseRows rows = DenseRows.wrap(all.segment().asSlice(0, bytes), count(), all.width(), all.precision());
        try (Engine engine = Engine.open(Tiers.select(tier), 1)) {
            Truth truth = truth(random, engine.kernels());
            double[] observed = new double[count()];
            operator(rows, engine).forward(truth.factors(), observed);
            addNoise(observed, random);
            MatrixSensing sensing = form == Form.SYMMETRIC
                    ? MatrixSensing.symmetric(rows, form.rows, observed)
                    : MatrixSensing.rectangular(rows, form.rows, form.columns, observed);
            return judged(
                    truth,
                    sensing.solve(RecoveryOptions.defaults().withThreads(1).withTier(tier)));
        }
    }

    private DenseSensing operator(DenseRows rows, Engine engine) {
        return form == Form.SYMMETRIC
                ? DenseSensing.symmetric(rows, form.rows, engine)
                : DenseSensing.rectangular(rows, form.rows, form.columns, engine);
    }

    private Truth truth(Random random, Kernels kernels) {
        double[] values = Truth.spaced(rank, conditionNumber);
        Matrix u = Truth.orthonormal(Truth.gaussian(form.rows, rank, random), kernels);
        if (form == Form.RECTANGULAR) {
            Matrix v = Truth.orthonormal(Truth.gaussian(form.columns, rank, random), kernels);
            return Truth.of(u, v, values, kernels);
        }
        Truth.scaleColumns(u, Arrays.stream(values).map(Math::sqrt).toArray());
        return Truth.of(Factors.symmetric(u), kernels);
    }

    private void addNoise(double[] observed, Random random) {
        double square = Arrays.stream(observed).map(value -> value * value).sum();
        double deviation = Math.sqrt(square / observed.length) * (noise == Noise.PURE ? 1 : noise.part);
        for (int i = 0; i < observed.length; i++) {
            double signal = noise == Noise.PURE ? 0 : observed[i];
            observed[i] = signal + deviation * random.nextGaussian();
        }
    }

    private Found judged(Truth truth, RecoveryResult result) {
        int found = result.effectiveRank();
        double error = truth.error(result.factors());
        boolean recovered = switch (noise) {
            case NONE -> found == rank && error < EXACT;
            case SLIGHT, STRONG ->
                found >= distinct(CLEAR_EDGES)
                        && found <= distinct(1)
                        && error <= ORACLES * oracle(Math.min(found, rank));
            case PURE -> found == 0 && result.termination() instanceof Termination.NoSignal;
        };
        // That nothing was found is said among the warnings, too: this is the answer, and no doubt about it.
        boolean doubted = result.warnings().stream()
                .anyMatch(warning -> !warning.equals(result.termination().sentence()));
        boolean misleading = !recovered && result.termination().isConverged() && !doubted;
        return new Found(recovered, misleading, found, error, result.trace().size());
    }

    /** Singular values of the unknown above so many edges of the noise. */
    int distinct(double edges) {
        double[] values = Truth.spaced(rank, conditionNumber);
        double edge = form.edge(noise.part * Math.sqrt(squares(values)), count());
        return (int) Arrays.stream(values).filter(value -> value > edges * edge).count();
    }

    /**
     * The relative error to be expected of least squares that are told the tangent space at the best approximation of rank k, which
     * leaves p free parameters: {@code d² + (noise² + d²)·p/(m - p - 1)}, d the part of X that rank k leaves out.
     */
    double oracle(int k) {
        double[] values = Truth.spaced(rank, conditionNumber);
        double left = squares(Arrays.copyOfRange(values, k, rank)) / squares(values);
        int freedom = form.freedom(k);
        return Math.sqrt(left + (noise.part * noise.part + left) * freedom / (count() - freedom - 1.0));
    }

    private static double squares(double[] values) {
        return Arrays.stream(values).map(value -> value * value).sum();
    }
}
