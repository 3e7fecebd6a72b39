package lowrank4j.solver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import lowrank4j.error.InvalidArgumentException;
import lowrank4j.kernel.Kernels;
import lowrank4j.kernel.Tiers;
import lowrank4j.matrix.Factors;
import lowrank4j.matrix.Matrix;
import lowrank4j.solver.SampledSubspaceDescent.Inverse;
import lowrank4j.solver.SampledSubspaceDescent.Sampling;
import org.junit.jupiter.api.Test;

/** Principal subspaces from entries looked up as they are needed. */
class SampledSubspaceDescentTest {
    private static final int N = 30;
    private static final int RANK = 3;

    private final Kernels kernels = Tiers.select().kernels();

    private final Matrix psi = new Factors(
                    Initialisation.gaussian(N, RANK, 1, new Random(1)),
                    Initialisation.gaussian(25, RANK, 1, new Random(2)))
            .toMatrix();

    private SampledSubspaceDescent descent(Sampling sampling) {
        return new SampledSubspaceDescent(
                psi::get, 25, Initialisation.gaussian(N, RANK, 1, new Random(3)), sampling, 4, kernels);
    }

    /** ‖Ψ - QQᵀΨ‖/‖Ψ‖. */
    private double residual(Matrix basis) {
        Matrix inner = Matrix.zeros(RANK, 25);
        kernels.transposedMultiply(1, basis, psi, 0, inner);
        Matrix gap = psi.copy();
        kernels.multiply(-1, basis, inner, 1, gap);
        return Math.sqrt(kernels.dot(gap, gap) / kernels.dot(psi, psi));
    }

    @Test
    void theColumnSpaceIsFoundFromEntriesAlone() {
        SampledSubspaceDescent descent = descent(new Sampling(Inverse.NEUMANN, 8, 60, 1.9));
        double start = residual(descent.basis());
        for (int t = 1; t <= 8000; t++) {
            descent.step(0.5 / (1 + t / 1000.0));
        }
        assertThat(residual(descent.basis())).isLessThan(0.1 * start);
    }

    @Test
    void onAverageAStepFollowsTheGradient() {
        Sampling sampling = new Sampling(Inverse.NEUMANN, 16, 150, 1.9);
        Matrix start = Initialisation.gaussian(N, RANK, 1, new Random(3));
        Matrix mean = Matrix.zeros(N, RANK);
        int draws = 4000;
        for (int seed = 0; seed < draws; seed++) {
            SampledSubspaceDescent one = new SampledSubspaceDescent(psi::get, 25, start, sampling, seed, kernels);
            one.step(1);
            kernels.axpy(1.0 / draws, one.features(), mean);
        }
        kernels.axpy(-1, start, mean);
        // A row is drawn 16/30 times a step; -(ΦW - Ψ)Wᵀ/T with W = (ΦᵀΦ)⁻¹ΦᵀΨ.
        Matrix gram = Matrix.zeros(RANK, RANK);
        kernels.gram(start, gram);
        Matrix inverse = Matrix.zeros(RANK, RANK);
        kernels.pseudoInverse(gram, inverse);
        Matrix projected = Matrix.zeros(RANK, 25);
        kernels.transposedMultiply(1, start, psi, 0, projected);
        Matrix weights = Matrix.zeros(RANK, 25);
        kernels.multiply(1, inverse, projected, 0, weights);
        Matrix gap = psi.copy();
        kernels.multiply(-1, start, weights, 1, gap);
        Matrix expected = Matrix.zeros(N, RANK);
        kernels.multiplyTransposed(16.0 / N / 25, gap, weights, 0, expected);
        double size = Math.sqrt(kernels.dot(expected, expected));
        kernels.axpy(-1, expected, mean);
        assertThat(Math.sqrt(kernels.dot(mean, mean)) / size).isLessThan(0.2);
    }

    @Test
    void misuseNamesTheValue() {
        assertThatThrownBy(() -> new Sampling(Inverse.NEUMANN, 8, 60, 2))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("relaxation 2.0");
        Sampling sampling = new Sampling(Inverse.SAMPLED, 8, 1, 1);
        assertThatThrownBy(() -> new SampledSubspaceDescent(psi::get, 2, Matrix.zeros(N, RANK), sampling, 1, kernels))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("30x3");
        assertThatThrownBy(() -> descent(sampling).step(0)).hasMessageContaining("step is 0.0");
        SampledSubspaceDescent blind = new SampledSubspaceDescent(
                (s, t) -> Double.NaN, 25, Initialisation.gaussian(N, 2, 1, new Random(3)), sampling, 4, kernels);
        assertThatThrownBy(() -> blind.step(0.1))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("is NaN");
    }
}
