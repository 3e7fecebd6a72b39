package lowrank4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import lowrank4j.error.InvalidArgumentException;
import lowrank4j.kernel.Engine;
import lowrank4j.kernel.Tiers;
import lowrank4j.matrix.Matrix;
import lowrank4j.solver.EigenspaceDescent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Methods on the factors against the decomposition, on matrices of full rank. */
class IteratedApproximationTest {
    /** Singular values 1, 0.8, 0.6, then 0.2 and less. */
    private static Matrix matrix(int n1, int n2, boolean symmetric, Engine engine) {
        Random random = new Random(4);
        Matrix left = basis(n1, n2, random, engine);
        Matrix right = symmetric ? left.copy() : basis(n2, n2, random, engine);
        for (int k = 0; k < n2; k++) {
            for (int i = 0; i < n1; i++) {
                left.set(i, k, left.get(i, k) * (k < 3 ? 1 - 0.2 * k : 0.2 * (n2 - k) / (n2 - 3.0)));
            }
        }
        Matrix x = Matrix.zeros(n1, n2);
        engine.kernels().multiplyTransposed(1, left, right, 0, x);
        return x;
    }

    private static Matrix basis(int n, int k, Random random, Engine engine) {
        Matrix basis = Matrix.zeros(n, k);
        for (int i = 0; i < basis.data().length; i++) {
            basis.data()[i] = random.nextGaussian();
        }
        engine.kernels().thinQr(basis, basis, Matrix.zeros(k, k));
        return basis;
    }

    @ParameterizedTest
    @CsvSource({
        "gradient-descent, false",
        "gradient-descent, true",
        "alternating-gd, false",
        "nesterov, false",
        "apgd, false",
        "scaled-gd-lambda, true",
        "als, false",
    })
    void theBestApproximationIsFoundThoughXIsOfFullRank(String name, boolean symmetric) {
        try (Engine engine = Engine.open(Tiers.select(), 1)) {
            Matrix x = matrix(30, symmetric ? 30 : 24, symmetric, engine);
            RecoveryResult found = LowRankApproximation.byMethod(
                    x,
                    symmetric,
                    RecoveryOptions.defaults()
                            .withRank(3)
                            .withAlgorithm(Algorithm.named(name))
                            .withThreads(1));
            double best = LowRankApproximation.ofRank(x, 3, engine).relativeError();
            assertThat(found.termination().rule()).isEqualTo("settled");
            assertThat(found.relativeResidual()).isCloseTo(best, within(1e-8));
            assertThat(found.factors().rank()).isEqualTo(3);
        }
    }

    @ParameterizedTest
    @EnumSource
    void theEigenspaceIsThatOfTheDecomposition(EigenspaceDescent.Retraction retraction) {
        try (Engine engine = Engine.open(Tiers.select(), 1)) {
            Matrix x = matrix(30, 30, true, engine);
            LowRankApproximation.Approximation exact = LowRankApproximation.topEigenspace(x, 3, engine);
            LowRankApproximation.Descended descended =
                    LowRankApproximation.topEigenspaceByDescent(x, 3, retraction, 1e-10, 1000, 0, engine);
            LowRankApproximation.Approximation found = descended.approximation();
            assertThat(descended.converged()).isTrue();
            assertThat(found.values()).containsExactly(exact.values(), within(1e-12));
            assertThat(found.relativeError()).isCloseTo(exact.relativeError(), within(1e-7));
            assertThat(LowRankApproximation.topEigenspaceByDescent(x, 3, retraction, 1e-10, 5, 0, engine)
                            .converged())
                    .isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource
    void theEigenspaceIsFoundAtEveryScale(EigenspaceDescent.Retraction retraction) {
        try (Engine engine = Engine.open(Tiers.select(), 1)) {
            for (double scale : new double[] {1e-149, 1e-110, 1e110, 1e149}) {
                Matrix x = matrix(30, 30, true, engine);
                Arrays.setAll(x.data(), k -> scale * x.data()[k]);
                LowRankApproximation.Descended descended =
                        LowRankApproximation.topEigenspaceByDescent(x, 3, retraction, 1e-10, 1000, 0, engine);
                LowRankApproximation.Approximation found = descended.approximation();
                assertThat(descended.converged()).isTrue();
                assertThat(found.values())
                        .containsExactly(new double[] {scale, 0.8 * scale, 0.6 * scale}, within(1e-12 * scale));
                assertThat(found.relativeError())
                        .isCloseTo(LowRankApproximation.ofRank(x, 3, engine).relativeError(), within(1e-7));
            }
        }
    }

    @Test
    void aDescentThatCouldNotBeginOrEndIsRefused() {
        try (Engine engine = Engine.open(Tiers.select(), 1)) {
            Matrix x = Matrix.identity(4);
            EigenspaceDescent.Retraction none = EigenspaceDescent.Retraction.NONE;
            for (double tolerance : new double[] {-1, 0, Double.NaN}) {
                assertThatThrownBy(
                                () -> LowRankApproximation.topEigenspaceByDescent(x, 2, none, tolerance, 10, 0, engine))
                        .isInstanceOf(InvalidArgumentException.class)
                        .hasMessage("tolerance is " + tolerance + ", but must be above 0");
            }
            assertThatThrownBy(() -> LowRankApproximation.topEigenspaceByDescent(x, 2, none, 1e-6, -5, 0, engine))
                    .isInstanceOf(InvalidArgumentException.class)
                    .hasMessage("maxIterations is -5, but must be at least 1");
        }
    }

    @Test
    void whatIsMissingInTheOptionsIsNamed() {
        Matrix x = Matrix.identity(4);
        assertThatThrownBy(() -> LowRankApproximation.byMethod(x, false, RecoveryOptions.defaults()))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("recommended");
    }
}
