package lowrank4j.solver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.EnumMap;
import java.util.Map;
import java.util.Random;
import lowrank4j.error.InvalidArgumentException;
import lowrank4j.kernel.Engine;
import lowrank4j.kernel.Tiers;
import lowrank4j.matrix.Matrix;
import lowrank4j.sensing.EveryEntry;
import lowrank4j.sensing.LinearMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Leading eigenspaces by descent, with and without a retraction. */
class EigenspaceDescentTest {
    private static final int N = 60;
    private static final int RANK = 4;

    private static Engine engine;

    @BeforeAll
    static void open() {
        engine = Engine.open(Tiers.select(), 2);
    }

    @AfterAll
    static void close() {
        engine.close();
    }

    /** Σ with its eigenvectors in the order of the eigenvalues: from {@code top} to 1, then from 0.5 to 0. */
    private record Spectrum(LinearMap map, Matrix vectors) {
        static Spectrum of(double top) {
            Matrix vectors = Initialisation.gaussian(N, N, 1, new Random(1));
            engine.kernels().thinQr(vectors, vectors, Matrix.zeros(N, N));
            Matrix scaled = vectors.copy();
            for (int k = 0; k < N; k++) {
                double value = k < RANK ? top + (1 - top) * k / (RANK - 1) : 0.5 * (N - k) / (N - RANK);
                for (int i = 0; i < N; i++) {
                    scaled.set(i, k, scaled.get(i, k) * value);
                }
            }
            Matrix sigma = Matrix.zeros(N, N);
            engine.kernels().multiplyTransposed(1, scaled, vectors, 0, sigma);
            return new Spectrum(EveryEntry.symmetric(N, engine).adjoint(sigma.data()), vectors);
        }

        /** The largest sine between the found and the leading eigenspace. */
        double sine(Matrix basis) {
            Matrix leading = vectors.columnRange(0, RANK);
            Matrix cosines = Matrix.zeros(RANK, RANK);
            engine.kernels().transposedMultiply(1, leading, basis, 0, cosines);
            Matrix outside = basis.copy();
            engine.kernels().multiply(-1, leading, cosines, 1, outside);
            return Math.sqrt(engine.kernels().dot(outside, outside));
        }

        int iterations(EigenspaceDescent.Retraction retraction, double scale) {
            EigenspaceDescent descent = new EigenspaceDescent(
                    map, EigenspaceDescent.start(N, RANK, scale, 3), 0.1, retraction, engine.kernels());
            int iterations = 0;
            while (sine(descent.basis()) > 1e-8 && iterations < 1000) {
                descent.step();
                iterations++;
            }
            return iterations;
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {1, 2})
    void theRetractionChangesTheCostAndNotTheIterations(double top) {
        Spectrum spectrum = Spectrum.of(top);
        Map<EigenspaceDescent.Retraction, Integer> counts = new EnumMap<>(EigenspaceDescent.Retraction.class);
        for (EigenspaceDescent.Retraction retraction : EigenspaceDescent.Retraction.values()) {
            counts.put(retraction, spectrum.iterations(retraction, 1e-2));
        }
        // 1 - η(λ_r - λ_{r+1}) = 0.95 an iteration.
        assertThat(counts.values()).allSatisfy(count -> assertThat(count).isBetween(330, 460));
        double qr = counts.getOrDefault(EigenspaceDescent.Retraction.QR, 0);
        assertThat(counts.values()).allSatisfy(count -> assertThat(count / qr).isBetween(0.9, 1.1));
    }

    @Test
    void withoutARetractionAModerateStartServesToo() {
        assertThat(Spectrum.of(1).iterations(EigenspaceDescent.Retraction.NONE, 1))
                .isBetween(330, 460);
    }

    @ParameterizedTest
    @EnumSource
    void theGradientVanishesAtTheEigenspace(EigenspaceDescent.Retraction retraction) {
        Spectrum spectrum = Spectrum.of(2);
        double step = EigenspaceDescent.defaultStep(spectrum.map(), engine.kernels());
        assertThat(step).isBetween(0.24, 0.26);
        EigenspaceDescent descent = new EigenspaceDescent(
                spectrum.map(), EigenspaceDescent.start(N, RANK, 0.1, 5), step, retraction, engine.kernels());
        assertThat(descent.relativeGradient()).isInfinite();
        for (int k = 0; k < 400 && descent.relativeGradient() > 1e-10; k++) {
            descent.step();
        }
        assertThat(descent.relativeGradient()).isLessThan(1e-10);
        assertThat(spectrum.sine(descent.basis())).isLessThan(1e-8);
        Matrix gram = Matrix.zeros(RANK, RANK);
        engine.kernels().gram(descent.iterate(), gram);
        double trace = 0;
        for (int k = 0; k < RANK; k++) {
            trace += gram.get(k, k);
        }
        // X Xᵀ is the best approximation of Σ without a retraction, and the projection with one.
        assertThat(trace)
                .isBetween(
                        retraction == EigenspaceDescent.Retraction.NONE ? 5.999 : 3.999,
                        retraction == EigenspaceDescent.Retraction.NONE ? 6.001 : 4.001);
    }

    @Test
    void misuseNamesWhatDoesNotFit() {
        LinearMap map = Spectrum.of(2).map();
        assertThatThrownBy(() -> new EigenspaceDescent(
                        map, Matrix.zeros(N + 1, 2), 0.1, EigenspaceDescent.Retraction.QR, engine.kernels()))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("61x2")
                .hasMessageContaining("60x60");
        assertThatThrownBy(() -> new EigenspaceDescent(
                        map,
                        EigenspaceDescent.start(N, 2, 1, 1),
                        0,
                        EigenspaceDescent.Retraction.NONE,
                        engine.kernels()))
                .hasMessageContaining("step is 0.0");
    }
}
