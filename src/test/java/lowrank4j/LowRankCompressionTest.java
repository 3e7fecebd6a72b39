package lowrank4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import lowrank4j.LowRankCompression.Budget;
import lowrank4j.LowRankCompression.Compressed;
import lowrank4j.error.InvalidArgumentException;
import lowrank4j.kernel.Engine;
import lowrank4j.kernel.Kernels;
import lowrank4j.kernel.Tiers;
import lowrank4j.matrix.Factors;
import lowrank4j.matrix.Matrix;
import lowrank4j.matrix.QuantisedMatrix;
import lowrank4j.solver.Initialisation;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Factors of few bits. */
class LowRankCompressionTest {
    private static final int N1 = 60;
    private static final int N2 = 45;

    private static Engine engine;

    @BeforeAll
    static void open() {
        engine = Engine.open(Tiers.select(), 2);
    }

    @AfterAll
    static void close() {
        engine.close();
    }

    private static Matrix ofRank(int rank) {
        Random random = new Random(2);
        return new Factors(Initialisation.gaussian(N1, rank, 1, random), Initialisation.gaussian(N2, rank, 1, random))
                .toMatrix();
    }

    private static double distance(Matrix x, Matrix y) {
        Matrix gap = x.copy();
        engine.kernels().axpy(-1, y, gap);
        return Math.sqrt(engine.kernels().dot(gap, gap) / engine.kernels().dot(x, x));
    }

    @Test
    void theSecondFactorIsTheQuantisedLeastSquaresSolutionForTheFirst() {
        Matrix x = ofRank(20);
        Budget budget = new Budget(4, 5, 6);
        Compressed found = LowRankCompression.sketched(x, budget, 7, engine);
        Kernels kernels = engine.kernels();
        Matrix sketch = Matrix.zeros(N1, 4);
        kernels.multiply(1, x, Initialisation.gaussian(N2, 4, 0.5, new Random(7)), 0, sketch);
        QuantisedMatrix left = QuantisedMatrix.of(sketch, 5);
        assertThat(found.left().codes()).isEqualTo(left.codes());
        // (LᵀL)⁻¹LᵀX, by the normal equations.
        Matrix gram = Matrix.zeros(4, 4);
        kernels.gram(left.toMatrix(), gram);
        Matrix right = Matrix.zeros(N2, 4);
        kernels.transposedMultiply(1, x, left.toMatrix(), 0, right);
        assertThat(kernels.cholesky(gram)).isTrue();
        kernels.choleskySolve(gram, right);
        assertThat(distance(
                        found.right().toMatrix(), QuantisedMatrix.of(right, 6).toMatrix()))
                .isLessThan(1e-12);
        assertThat(found.relativeError()).isCloseTo(distance(x, found.factors().toMatrix()), within(1e-12));
        assertThat(found.bitsPerEntry()).isEqualTo((5 * 4 * N1 + 6 * 4 * N2) / (double) (N1 * N2));
        assertThat(found.compressionRatio()).isEqualTo(found.bitsPerEntry() / 64);
    }

    @Test
    void aDecompositionComesCloserThanTheSketch() {
        Matrix x = ofRank(30);
        Budget budget = new Budget(10, 8, 8);
        double sketched = LowRankCompression.sketched(x, budget, 1, engine).relativeError();
        double decomposed = LowRankCompression.decomposed(x, budget, 1, engine).relativeError();
        double best = LowRankApproximation.ofRank(x, 10, engine).relativeError();
        assertThat(decomposed).isLessThan(sketched).isBetween(best, 1.01 * best);
    }

    @Test
    void oneBitIsBetterThanNothing() {
        Matrix x = ofRank(5);
        Budget budget = new Budget(5, 1, 1);
        assertThat(LowRankCompression.decomposed(x, budget, 0, engine).relativeError())
                .isLessThan(0.9);
        assertThat(LowRankCompression.sketched(x, budget, 0, engine).relativeError())
                .isLessThan(1);
    }

    @Test
    void aZeroMatrixStaysZeroAndALargeOneIsCarried() {
        Compressed zero = LowRankCompression.sketched(Matrix.zeros(5, 4), new Budget(2, 8, 8), 1, engine);
        assertThat(zero.relativeError()).isZero();
        assertThat(Arrays.stream(zero.factors().toMatrix().toArray())).allMatch(value -> value == 0);
        Matrix large = ofRank(20);
        for (int k = 0; k < large.data().length; k++) {
            large.data()[k] *= 0x1p400;
        }
        Budget budget = new Budget(2, 8, 8);
        assertThat(LowRankCompression.sketched(large, budget, 1, engine).relativeError())
                .isCloseTo(
                        LowRankCompression.sketched(ofRank(20), budget, 1, engine)
                                .relativeError(),
                        within(1e-12));
    }

    @Test
    void theBudgetIsTheLargestRankWithinTheBits() {
        // A column takes 4/50 + 8/100 = 0.16 bits an entry.
        assertThat(Budget.within(1, 4, 8, 100, 50)).isEqualTo(new Budget(6, 4, 8));
        assertThat(Budget.within(1000, 4, 8, 100, 50).rank()).isEqualTo(50);
        assertThatThrownBy(() -> Budget.within(0.1, 4, 8, 100, 50))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("0.16");
    }

    @Test
    void misuseNamesTheArgument() {
        Matrix x = ofRank(2);
        assertThatThrownBy(() -> LowRankCompression.sketched(x, new Budget(46, 8, 8), 1, engine))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("rank is 46")
                .hasMessageContaining("= 45");
        assertThatThrownBy(() -> new Budget(1, 8, 0))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("rightBits is 0");
    }
}
