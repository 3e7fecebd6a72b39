package lowrank4j.sensing;

import java.util.Optional;
import lowrank4j.matrix.Factors;
import lowrank4j.matrix.Matrix;

/**
 * Each measurement times a factor of its own; those with a factor of zero are left out. A gradient goes through the measurements once where
 * the operator can scale on its way ({@link ScaledGradient}); otherwise it is a forward product and an adjoint one.
 */
class ScaledMeasurements extends DerivedMeasurements implements ScaledGradient {
    private final MeasurementOperator whole;
    /** Zero where nothing is measured. */
    private final double[] factor;

    private final double[] scratch;
    private final double energy;
    /** Of these factors and those of one who scales anew. */
    private double[] product = {};

    /** @param factor finite and not zero, one a position */
    ScaledMeasurements(MeasurementOperator whole, double[] factor) {
        super(whole);
        this.whole = whole;
        this.factor = whole.masked(factor);
        this.scratch = new double[factor.length];
        this.energy = isConstant()
                ? first() * first() * whole.energy()
                : whole instanceof ObservedEntries ? meanSquare() * whole.energy() : Probes.energy(this);
    }

    /** @param factor zero where nothing is measured */
    ScaledMeasurements(MeasurementOperator whole, double[] factor, double energy) {
        super(whole);
        this.whole = whole;
        this.factor = factor;
        this.scratch = new double[factor.length];
        this.energy = energy;
    }

    private double first() {
        for (double one : factor) {
            if (one != 0) {
                return one;
            }
        }
        throw new IllegalStateException("an operator measures at least one position");
    }

    /** Of the factors: entries are matrices of one norm, so that their energy goes with it. */
    private double meanSquare() {
        double sum = 0;
        for (double one : factor) {
            sum += one * one;
        }
        return sum / factor.length;
    }

    private boolean isConstant() {
        double first = first();
        for (double one : factor) {
            if (one != 0 && one != first) {
                return false;
            }
        }
        return true;
    }

    @Override
    public double energy() {
        return energy;
    }

    @Override
    public Split split(double fraction, long seed) {
        Split split = whole.split(fraction, seed);
        return new Split(
                new ScaledMeasurements(split.fitted(), factor), new ScaledMeasurements(split.heldOut(), factor));
    }

    @Override
    public void forward(Factors x, double[] out) {
        whole.forward(x, scratch);
        for (int i = 0; i < factor.length; i++) {
            if (factor[i] != 0) {
                out[i] = factor[i] * scratch[i];
            }
        }
    }

    @Override
    public double gradient(
            Factors x, double[] observed, double[] residual, Sides sides, Matrix gradLeft, Matrix gradRight) {
        return gradient(factor, x, observed, residual, sides, gradLeft, gradRight);
    }

    @Override
    public double scaledGradient(
            double[] by,
            Factors x,
            double[] observed,
            double[] residual,
            Sides sides,
            Matrix gradLeft,
            Matrix gradRight) {
        if (product.length == 0) {
            product = new double[factor.length];
        }
        for (int i = 0; i < product.length; i++) {
            product[i] = by[i] * factor[i];
        }
        return gradient(product, x, observed, residual, sides, gradLeft, gradRight);
    }

    private double gradient(
            double[] by,
            Factors x,
            double[] observed,
            double[] residual,
            Sides sides,
            Matrix gradLeft,
            Matrix gradRight) {
        if (whole instanceof ScaledGradient once) {
            return once.scaledGradient(by, x, observed, residual, sides, gradLeft, gradRight);
        }
        whole.forward(x, scratch);
        double loss = 0;
        for (int i = 0; i < by.length; i++) {
            if (by[i] == 0) {
                scratch[i] = 0;
                continue;
            }
            residual[i] = by[i] * scratch[i] - observed[i];
            loss += residual[i] * residual[i];
            scratch[i] = by[i] * residual[i];
        }
        LinearMap back = whole.adjoint(scratch);
        if (sides.left()) {
            back.times(x.right(), gradLeft);
        }
        if (sides.right() && !x.isSymmetric()) {
            back.transposedTimes(x.left(), gradRight);
        }
        return loss;
    }

    @Override
    public LinearMap adjoint(double[] z) {
        for (int i = 0; i < factor.length; i++) {
            scratch[i] = factor[i] == 0 ? 0 : factor[i] * z[i];
        }
        return whole.adjoint(scratch);
    }

    /** Where the operator can scale them on its way. */
    @Override
    public Optional<SecondMoments> secondMoments() {
        return whole instanceof ScaledGradient scaling ? scaling.scaledSecondMoments(factor) : Optional.empty();
    }

    @Override
    public Optional<SecondMoments> scaledSecondMoments(double[] by) {
        if (!(whole instanceof ScaledGradient scaling)) {
            return Optional.empty();
        }
        double[] both = factor.clone();
        for (int i = 0; i < both.length; i++) {
            both[i] *= by[i];
        }
        return scaling.scaledSecondMoments(both);
    }

    @Override
    public Optional<double[]> traces() {
        return whole.traces().map(traces -> {
            for (int i = 0; i < traces.length; i++) {
                traces[i] *= factor[i];
            }
            return traces;
        });
    }

    @Override
    public long memoryBytes() {
        return whole.memoryBytes() + 8L * (2L * factor.length + product.length);
    }
}
