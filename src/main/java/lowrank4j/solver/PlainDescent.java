package lowrank4j.solver;

import lowrank4j.sensing.Sides;

/**
 * {@code L ← L - η G R} and {@code R ← R - η Gᵀ L}, {@code G = A*(A(X) - y)/energy}, with the gradient of a penalty where there is one: methods
 * that differ in where they start, what they add to the objective, what else they do to the factors, and when they end. Cost: one gradient
 * an iteration, or two where they alternate.
 */
interface PlainDescent extends Method {
    @Override
    default void move(Iterate iterate, Sides sides, double step, double damping) {
        iterate.advance(sides, step);
    }

    /** {@link Iterate#gradientStep()}: 0.5/σ₁ from a small or balanced start; the iteration oscillates from about 0.95/σ₁. */
    @Override
    default double defaultStep(Iterate start) {
        return start.gradientStep();
    }
}
