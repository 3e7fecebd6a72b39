package lowrank4j.solver;

import java.lang.foreign.Arena;
import java.util.Arrays;
import java.util.Random;
import lowrank4j.kernel.Engine;
import lowrank4j.matrix.DenseRows;
import lowrank4j.matrix.Factors;
import lowrank4j.matrix.Matrix;
import lowrank4j.matrix.PackedSymmetric;
import lowrank4j.matrix.SparsePattern;
import lowrank4j.sensing.DenseSensing;
import lowrank4j.sensing.EveryEntry;
import lowrank4j.sensing.ObservedEntries;

/** Seeded problems with a known answer. */
public final class Problems {
    private Problems() {}

    /** A problem and its answer. */
    public record Known(Problem problem, Factors truth) {
        /** ‖X̂ - X‖/‖X‖. */
        public double error(Factors found) {
            Matrix x = truth.toMatrix();
            Matrix estimate = found.toMatrix();
            double gap = 0;
            double norm = 0;
            for (int k = 0; k < x.data().length; k++) {
                gap += Math.pow(estimate.data()[k] - x.data()[k], 2);
                norm += Math.pow(x.data()[k], 2);
            }
            return Math.sqrt(gap / norm);
        }
    }

    /** Singular values linear from 1 to 1/κ; {@code U Uᵀ} if symmetric. */
    public static Factors truth(int n1, int n2, int rank, double kappa, boolean symmetric, long seed, Engine engine) {
        Random random = new Random(seed);
        Matrix left = basis(n1, rank, random, engine);
        Matrix right = symmetric ? left.copy() : basis(n2, rank, random, engine);
        for (int k = 0; k < rank; k++) {
            double root = Math.sqrt(rank == 1 ? 1 : 1 + (1 / kappa - 1) * k / (rank - 1.0));
            scale(left, k, root);
            scale(right, k, root);
        }
        return symmetric ? Factors.symmetric(left) : new Factors(left, right);
    }

    private static Matrix basis(int n, int rank, Random random, Engine engine) {
        Matrix basis = Initialisation.gaussian(n, rank, 1, random);
        engine.kernels().thinQr(basis, basis, Matrix.zeros(rank, rank));
        return basis;
    }

    private static void scale(Matrix matrix, int column, double factor) {
        for (int i = 0; i < matrix.rows(); i++) {
            matrix.set(i, column, matrix.get(i, column) * factor);
        }
    }

    /** Gaussian measurements with noise of the given fraction of ‖y‖. */
    public static Known gaussian(Factors truth, int count, double noise, long seed, Engine engine) {
        Random random = new Random(seed);
        int n1 = truth.rows();
        int n2 = truth.columns();
        boolean symmetric = truth.isSymmetric();
        int width = symmetric ? PackedSymmetric.size(n1) : n1 * n2;
        DenseRows rows = DenseRows.allocate(Arena.ofAuto(), count, width, DenseRows.Precision.FLOAT64);
        for (int i = 0; i < count; i++) {
            if (symmetric) {
                for (int a = 0, k = 0; a < n1; a++) {
                    for (int b = a; b < n1; b++, k++) {
                        rows.set(i, k, random.nextGaussian() * (a == b ? 1 : Math.sqrt(0.5)));
                    }
                }
            } else {
                for (int k = 0; k < width; k++) {
                    rows.set(i, k, random.nextGaussian());
                }
            }
        }
        DenseSensing operator =
                symmetric ? DenseSensing.symmetric(rows, n1, engine) : DenseSensing.rectangular(rows, n1, n2, engine);
        double[] y = new double[count];
        operator.forward(truth, y);
        return new Known(new Problem(operator, noisy(y, noise, random), engine), truth);
    }

    /** Entries observed independently with probability {@code fraction}. */
    public static Known entries(Factors truth, double fraction, double noise, long seed, Engine engine) {
        Random random = new Random(seed);
        int n1 = truth.rows();
        int n2 = truth.columns();
        int[] rowStart = new int[n1 + 1];
        int[] columns = new int[n1 * n2];
        int size = 0;
        for (int i = 0; i < n1; i++) {
            for (int j = 0; j < n2; j++) {
                if (random.nextDouble() < fraction) {
                    columns[size++] = j;
                }
            }
            rowStart[i + 1] = size;
        }
        SparsePattern pattern = new SparsePattern(n1, n2, rowStart, Arrays.copyOf(columns, size));
        ObservedEntries operator = new ObservedEntries(pattern, engine);
        double[] y = new double[size];
        operator.forward(truth, y);
        return new Known(new Problem(operator, noisy(y, noise, random), engine), truth);
    }

    /** Every entry, with noise of the given fraction of the norm, symmetric where the truth is. */
    public static Known everyEntry(Factors truth, double noise, long seed, Engine engine) {
        int n1 = truth.rows();
        int n2 = truth.columns();
        EveryEntry operator =
                truth.isSymmetric() ? EveryEntry.symmetric(n1, engine) : EveryEntry.rectangular(n1, n2, engine);
        double[] y = new double[operator.length()];
        operator.forward(truth, y);
        noisy(y, noise, new Random(seed));
        if (truth.isSymmetric()) {
            for (int i = 0; i < n1; i++) {
                for (int j = 0; j < i; j++) {
                    y[i * n1 + j] = y[j * n1 + i];
                }
            }
        }
        return new Known(new Problem(operator, y, engine), truth);
    }

    private static double[] noisy(double[] y, double noise, Random random) {
        double norm = 0;
        for (double value : y) {
            norm += value * value;
        }
        double deviation = noise * Math.sqrt(norm / y.length);
        for (int i = 0; i < y.length; i++) {
            y[i] += deviation * random.nextGaussian();
        }
        return y;
    }
}
