package lowrank4j.solver;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import lowrank4j.error.InvalidArgumentException;

/**
 * Gradient descent on factors of more columns than wanted, from a small random start, that stops once the leading r components have grown
 * and before the next one has: it then holds the best approximation of rank r of a matrix of any rank, noise and all (Jiang, Chen, Ding
 * 2023, arXiv 2203.02839, theorem 1.1). Component k grows as {@code (1 + ησ_k)^t} and is there at {@code T(σ_k) = ln(√σ_k/α)/ln(1 + ησ_k)}; the
 * run ends midway between {@code T(σ_r)} and {@code T(σ_{r+1})}.
 *
 * <p>Needs a gap between the two values only; the error falls as a power of α. Its theory is for a matrix known in full; from measurements
 * the values are those of the back-projection, where noise must stay below σ_r. Cost: one gradient an iteration, and once the leading
 * singular values of the back-projection.
 *
 * @param components r, at least 1 and at most the columns of the factors; empty for the one with the widest window, {@code T(σ_{r+1})/T(σ_r)}
 */
public record EarlyStoppedGradientDescent(OptionalInt components) implements PlainDescent {
    public EarlyStoppedGradientDescent {
        if (components.isPresent() && components.getAsInt() < 1) {
            throw new InvalidArgumentException(
                    "components wanted are " + components.getAsInt() + ", but must be at least 1");
        }
    }

    @Override
    public String name() {
        return "early-stopped-gd";
    }

    /** Nothing where every component that the factors can hold is wanted, or where the next could not grow. */
    @Override
    public Optional<StoppingRule> stop(Iterate start, double step) {
        Problem problem = start.problem();
        int most = Math.min(start.rank(), problem.maxRank() - 1);
        if (components.isPresent() && components.getAsInt() > start.rank()) {
            throw new InvalidArgumentException("components wanted are " + components.getAsInt()
                    + ", but must be at most the columns of the factors, " + start.rank());
        }
        if (components.orElse(1) > most) {
            return Optional.empty();
        }
        double[] values = SubspaceIteration.leadingOf(
                        problem, most + 1, Initialisation.SPECTRAL_TOLERANCE, new Random(1))
                .values();
        for (int k = 0; k <= most; k++) {
            values[k] /= problem.operator().energy();
        }
        double alpha = start.scale();
        int wanted = components.orElseGet(() -> widest(values, most, alpha, step));
        return alpha * alpha < values[wanted]
                ? Optional.of(StoppingRule.beforeNextComponent(values[wanted - 1], values[wanted], alpha, step))
                : Optional.empty();
    }

    /** The r from 1 to {@code most} after which the next component takes longest in proportion. */
    private static int widest(double[] values, int most, double alpha, double step) {
        int widest = 1;
        double ratio = 0;
        for (int r = 1; r <= most && alpha * alpha < values[r - 1]; r++) {
            double next = alpha * alpha < values[r] ? growth(values[r], alpha, step) : Double.POSITIVE_INFINITY;
            double window = next / growth(values[r - 1], alpha, step);
            if (window > ratio) {
                ratio = window;
                widest = r;
            }
        }
        return widest;
    }

    /** {@code T(σ)}: iterations in which a component grows from α to √σ. */
    static double growth(double sigma, double alpha, double step) {
        return Math.log(Math.sqrt(sigma) / alpha) / Math.log1p(step * sigma);
    }

    @Override
    public Initialisation defaultInitialisation() {
        return Initialisation.smallRandom(1e-6);
    }
}
