package lowrank4j.sensing;

import java.util.Optional;
import lowrank4j.matrix.Factors;
import lowrank4j.matrix.Matrix;

/**
 * Linear measurements of an n1×n2 matrix, {@code A(X)ᵢ = <Aᵢ, X>}, i &lt; m, applied to matrices in factored form.
 *
 * <p>Arrays of measurements are indexed by the operator's own order and have {@link #length()} entries. An operator may hold
 * scratch memory: one call at a time. Results have the same bits for any number of threads.
 */
public interface MeasurementOperator {
    /** n1. */
    int rows();

    /** n2. */
    int columns();

    /** m, the number of measurements. */
    long count();

    /** Entries of an array of measurements: m, or more where a part of a larger operator keeps the positions of the whole. */
    int length();

    /** Whether the Aᵢ are symmetric, so that only the symmetric part of X is seen and the unknown is {@code U Uᵀ}. */
    boolean isSymmetric();

    /**
     * Whether the unknown is complex, {@code X = U U*}, and U the real stack {@code [Re U; Im U]}. The operator is symmetric then, and eigenvectors of its adjoint
     * come in pairs v and i·v, which are one direction.
     */
    default boolean isHermitian() {
        return false;
    }

    /**
     * Whether all matrices of low rank are seen about equally well (restricted isometry), as by Gaussian measurements. Where they
     * are not, as by single entries, which miss spiky matrices, an over-parametrised start over-fits, and the rank is better grown.
     */
    boolean isNearIsometry();

    /**
     * {@code Σ‖Aᵢ‖²} over the number of free entries (n1·n2, or n(n+1)/2 if symmetric): for measurements that favour no direction
     * {@code ‖A(X)‖² ≈ energy·‖X‖²}, so gradients divided by it need no tuned step.
     */
    double energy();

    /** {@code out ← A(L Rᵀ)}. Positions that are not measured are left alone. */
    void forward(Factors x, double[] out);

    /** {@code ‖A(l rᵀ)‖²} of each column l of the left factor with that of the right one, r. Cost: a forward product for each, or less. */
    default double[] energies(Factors x) {
        double[] energies = new double[x.rank()];
        double[] seen = new double[length()];
        for (int k = 0; k < energies.length; k++) {
            forward(new Factors(x.left().columnRange(k, k + 1), x.right().columnRange(k, k + 1)), seen);
            for (double one : seen) {
                energies[k] += one * one;
            }
        }
        return energies;
    }

    /**
     * {@code residual ← A(L Rᵀ) - observed}, and with {@code G = A*(residual)}: {@code gradLeft ← G R}, {@code gradRight ← Gᵀ L}.
     * Positions that are not measured are left alone. For a symmetric {@code x} both gradients are one: only gradLeft is written.
     *
     * @param sides which gradients to write; the other matrix is not touched
     * @return {@code ‖residual‖²}
     */
    double gradient(Factors x, double[] observed, double[] residual, Sides sides, Matrix gradLeft, Matrix gradRight);

    /** {@code A*(z) = Σ zᵢ Aᵢ}, never formed where the structure avoids it; valid until the next call of this operator. */
    LinearMap adjoint(double[] z);

    /**
     * Holds out about the given fraction of the measurements, chosen at random; at least one is held out, and at least one is fitted.
     *
     * @param fraction above 0 and below 1
     */
    default Split split(double fraction, long seed) {
        return RestrictedMeasurements.split(this, fraction, seed);
    }

    /** A copy of {@code measurements} with zeros where this operator does not measure. */
    default double[] masked(double[] measurements) {
        return measurements.clone();
    }

    /** The second moments of the Aᵢ, where they can be had in less than a product with each. */
    default Optional<SecondMoments> secondMoments() {
        return Optional.empty();
    }

    /**
     * {@code A(I)ᵢ = tr Aᵢ} of symmetric measurements that may see the trace of X far better than the rest, as quadratic ones do, where this
     * is cheap; zeros where nothing is measured. A recovery evens it out ({@link Equations#evened}).
     */
    default Optional<double[]> traces() {
        return Optional.empty();
    }

    /** Bytes held by the measurements and the scratch memory. */
    long memoryBytes();
}
