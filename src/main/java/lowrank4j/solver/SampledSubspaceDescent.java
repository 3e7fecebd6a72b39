package lowrank4j.solver;

import java.util.Random;
import lowrank4j.error.InvalidArgumentException;
import lowrank4j.kernel.Kernels;
import lowrank4j.matrix.Matrix;

/**
 * The space of the d leading left singular vectors of an S×T matrix Ψ of which single entries are looked up as they are needed, by stochastic gradient descent on
 * {@code min_Φ min_W ½‖ΦW - Ψ‖²}, Φ S×d (Le Lan, Greaves, Farebrother, Rowland, Pedregosa, Agarwal, Bellemare 2023, AISTATS, arXiv
 * 2212.04025).
 *
 * <p>A step moves some rows, {@code φ_s ← φ_s - η·mean_t (φ_s·w_t - Ψ_st) w'_t}, with w and w' two estimates, from rows and entries of their own, of the
 * {@code w_t = (ΦᵀΦ)⁻¹ΦᵀΨ_t} that is best for column t. Being independent and unbiased they make the step follow the gradient on average; the best
 * fit to a sample is biased, and was several times as far from the answer after as many steps. Noise remains: the distance goes to zero as the step does.
 *
 * <p>Cost of a step with batches of b rows and columns: 3b² entries of Ψ, and {@code 4J(bd² + d³) + 10b²d} flops, J corrections of each inverse.
 */
public final class SampledSubspaceDescent {
    /** A matrix, an entry at a time. */
    @FunctionalInterface
    public interface Entries {
        /** Ψ_st, finite. */
        double entry(int row, int column);
    }

    /** How {@code (ΦᵀΦ/S)⁻¹} is estimated from sampled rows of Φ. */
    public enum Inverse {
        /** {@code E ← kI + (I - kC)E}, a Neumann series with a fresh sample C of ΦᵀΦ/S in each of its J terms: unbiased up to its end. */
        NEUMANN,
        /** The pseudo-inverse over the very rows that ΦᵀΨ is sampled from, so that w fits them best: biased, and there for comparison. */
        SAMPLED
    }

    /**
     * What is sampled.
     *
     * @param batch b, rows and columns drawn at a time, with replacement; at least 1, the paper's being 32
     * @param corrections J, terms of the series, at least 1: some times the largest ‖φ_s‖² over the least eigenvalue of ΦᵀΦ/S
     * @param relaxation κ of {@code k = κ/max‖φ_s‖²}, above 0 and below 2, the paper's being 1.9
     */
    public record Sampling(Inverse inverse, int batch, int corrections, double relaxation) {
        public Sampling {
            if (batch < 1 || corrections < 1 || !(relaxation > 0 && relaxation < 2)) {
                throw new InvalidArgumentException("batch is " + batch + ", corrections " + corrections
                        + " and relaxation " + relaxation
                        + ", but batch and corrections must be at least 1, and the relaxation above 0 and below 2");
            }
        }
    }

    private final Entries entries;
    private final int columns;
    private final Matrix features;
    private final Sampling sampling;
    private final Random random;
    private final Kernels kernels;
    private final int[] rowSample;
    private final int[] columnSample;
    private final Matrix sampledRows;
    private final Matrix sampledEntries;
    private final Matrix moments;
    private final Matrix covariance;
    private final Matrix inverse;
    private final Matrix before;
    private final Matrix first;
    private final Matrix second;
    private final Matrix gradient;

    /**
     * Starts.
     *
     * @param entries Ψ, with as many rows as {@code start}
     * @param columns T, at least 1
     * @param start Φ, S×d, d from 1 to min(S, T), of full rank; not kept
     */
    public SampledSubspaceDescent(
            Entries entries, int columns, Matrix start, Sampling sampling, long seed, Kernels kernels) {
        int d = start.columns();
        if (d < 1 || d > Math.min(start.rows(), columns)) {
            throw new InvalidArgumentException("a start of " + start.shape() + " does not fit " + columns
                    + " columns: it must have 1 to min(S, T) = " + Math.min(start.rows(), columns) + " columns");
        }
        int b = sampling.batch();
        this.entries = entries;
        this.columns = columns;
        this.features = start.copy();
        this.sampling = sampling;
        this.random = new Random(seed);
        this.kernels = kernels;
        this.rowSample = new int[b];
        this.columnSample = new int[b];
        this.sampledRows = Matrix.zeros(b, d);
        this.sampledEntries = Matrix.zeros(b, b);
        this.moments = Matrix.zeros(d, b);
        this.covariance = Matrix.zeros(d, d);
        this.inverse = Matrix.zeros(d, d);
        this.before = Matrix.zeros(d, d);
        this.first = Matrix.zeros(d, b);
        this.second = Matrix.zeros(d, b);
        this.gradient = Matrix.zeros(b, d);
    }

    /**
     * One step.
     *
     * @param size η, above 0
     */
    public void step(double size) {
        Positive.require("step", size);
        for (int k = 0; k < columnSample.length; k++) {
            columnSample[k] = random.nextInt(columns);
        }
        double largest = largestSquaredRow();
        weights(first, largest);
        weights(second, largest);
        sampleRows();
        sampleEntries();
        kernels.multiply(1, sampledRows, first, -1, sampledEntries);
        kernels.multiplyTransposed(size / columnSample.length, sampledEntries, second, 0, gradient);
        for (int k = 0; k < rowSample.length; k++) {
            int s = rowSample[k];
            kernels.axpy(-1, gradient.rowRange(k, k + 1), features.rowRange(s, s + 1));
        }
    }

    private double largestSquaredRow() {
        double largest = 0;
        for (int s = 0; s < features.rows(); s++) {
            double squared = 0;
            for (int k = features.rowOffset(s), end = k + features.columns(); k < end; k++) {
                squared += features.data()[k] * features.data()[k];
            }
            largest = Math.max(largest, squared);
        }
        return largest;
    }

    /** An estimate of w_t for the sampled columns t. */
    private void weights(Matrix estimate, double largest) {
        sampleRows();
        sampleEntries();
        kernels.transposedMultiply(1.0 / rowSample.length, sampledRows, sampledEntries, 0, moments);
        switch (sampling.inverse()) {
            case NEUMANN -> neumann(sampling.relaxation() / largest);
            case SAMPLED -> {
                covarianceOfSample();
                kernels.pseudoInverse(covariance, inverse);
            }
        }
        kernels.multiply(1, inverse, moments, 0, estimate);
    }

    private void neumann(double k) {
        inverse.fill(0);
        addToDiagonal(k);
        for (int term = 0; term < sampling.corrections(); term++) {
            sampleRows();
            covarianceOfSample();
            before.copyFrom(inverse);
            kernels.multiply(-k, covariance, before, 1, inverse);
            addToDiagonal(k);
        }
    }

    private void addToDiagonal(double value) {
        for (int i = 0; i < inverse.rows(); i++) {
            inverse.set(i, i, inverse.get(i, i) + value);
        }
    }

    /** The mean of φφᵀ over the sampled rows. */
    private void covarianceOfSample() {
        kernels.gram(sampledRows, covariance);
        for (int k = 0; k < covariance.data().length; k++) {
            covariance.data()[k] /= rowSample.length;
        }
    }

    private void sampleRows() {
        for (int k = 0; k < rowSample.length; k++) {
            rowSample[k] = random.nextInt(features.rows());
            sampledRows.rowRange(k, k + 1).copyFrom(features.rowRange(rowSample[k], rowSample[k] + 1));
        }
    }

    private void sampleEntries() {
        for (int i = 0; i < rowSample.length; i++) {
            for (int j = 0; j < columnSample.length; j++) {
                double entry = entries.entry(rowSample[i], columnSample[j]);
                if (!Double.isFinite(entry)) {
                    throw new InvalidArgumentException("the entry at (" + rowSample[i] + ", " + columnSample[j]
                            + ") is " + entry + ", but must be finite");
                }
                sampledEntries.set(i, j, entry);
            }
        }
    }

    /** Φ, S×d, live. */
    public Matrix features() {
        return features;
    }

    /** An orthonormal basis of the columns of Φ. */
    public Matrix basis() {
        Matrix basis = features.copy();
        kernels.thinQr(basis, basis, covariance);
        return basis;
    }
}
