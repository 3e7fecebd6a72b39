package lowrank4j.solver;

import java.util.OptionalDouble;
import lowrank4j.error.InvalidArgumentException;

/** λ of a preconditioner {@code (RᵀR + λI)⁻¹}, chosen at each iterate. Rules have no state: what they need is in the iterate. */
@FunctionalInterface
public interface Damping {
    /** λ here, at least 0, in units of X. */
    double at(Iterate iterate);

    /** λ = 0: the pseudo-inverse takes over where a Gram matrix is singular. */
    static Damping none() {
        return iterate -> 0;
    }

    /**
     * One λ throughout.
     *
     * @param damping at least 0, in units of X
     */
    static Damping fixed(double damping) {
        if (!(damping >= 0 && damping < Double.MAX_VALUE)) {
            throw new InvalidArgumentException("damping is " + damping + ", but must be at least 0 and finite");
        }
        return iterate -> damping;
    }

    /** {@link Iterate#noiseEdge()}, below which directions of X carry no signal; it shrinks with the residual. */
    static Damping noiseEdge() {
        return Iterate::noiseEdge;
    }

    /**
     * {@code multiplier·√f}, f the objective per unit of energy: of the size of the distance to X (Zhang, Fattahi, Zhang 2021).
     *
     * @param multiplier above 0; 1 as in Xu, Shen, Chi, Ma 2023, 2 as in the paper itself, whose objective lacks the factor ¼
     */
    static Damping rootObjective(double multiplier) {
        return rootObjective(multiplier, 0);
    }

    /**
     * {@code multiplier·√|f - f_noise|}, what noise contributes to the objective taken off.
     *
     * @param multiplier above 0
     * @param deviation standard deviation of the noise in each measurement, at least 0
     */
    static Damping rootObjective(double multiplier, double deviation) {
        Positive.require("damping multiplier", multiplier);
        if (!(deviation >= 0 && deviation < Double.MAX_VALUE)) {
            throw new InvalidArgumentException(
                    "noise deviation is " + deviation + ", but must be at least 0 and finite");
        }
        return iterate -> {
            Problem problem = iterate.problem();
            double noise = deviation * deviation * problem.operator().count();
            return multiplier
                    * Math.sqrt(problem.objective(Math.abs(iterate.loss() - noise))
                            / problem.operator().energy());
        };
    }

    /**
     * {@code λ₀, factor·λ₀, factor²·λ₀, …} from one good iterate to the next.
     *
     * @param first λ₀; empty for √f at the start
     * @param factor above 0 and below 1
     */
    static Damping geometric(OptionalDouble first, double factor) {
        if (!(factor > 0 && factor < 1)) {
            throw new InvalidArgumentException("damping factor is " + factor + ", but must be above 0 and below 1");
        }
        Damping start = first.isPresent() ? fixed(first.getAsDouble()) : rootObjective(1);
        return iterate -> iterate.lastDamping().isPresent()
                ? factor * iterate.lastDamping().getAsDouble()
                : start.at(iterate);
    }
}
