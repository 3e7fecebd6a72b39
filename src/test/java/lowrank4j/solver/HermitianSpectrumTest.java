package lowrank4j.solver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import lowrank4j.kernel.Kernels;
import lowrank4j.kernel.Tiers;
import lowrank4j.matrix.HermitianFactors;
import lowrank4j.matrix.Matrix;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("tier")
class HermitianSpectrumTest {
    private final Kernels kernels = Tiers.select().kernels();

    @Test
    void oneDirectionInTwoColumnsHasRankOne() {
        HermitianFactors u = random(9, 1, 1);
        Matrix negative = Matrix.zeros(9, 1);
        kernels.scaledCopy(-1, u.imaginary(), negative);
        HermitianFactors twice = new HermitianFactors(beside(u.real(), negative), beside(u.imaginary(), u.real()));
        HermitianSpectrum spectrum = new HermitianSpectrum(twice, kernels);
        assertThat(spectrum.values()[0]).isCloseTo(2 * u.trace(), within(1e-12));
        assertThat(spectrum.count(1e-12)).isEqualTo(1);
        assertSame(spectrum.leading(1), twice);
    }

    @Test
    void allOfItIsTheMatrixWithOrthogonalColumns() {
        HermitianFactors u = random(12, 5, 2);
        HermitianSpectrum spectrum = new HermitianSpectrum(u, kernels);
        HermitianFactors all = spectrum.leading(5);
        assertSame(all, u);
        double[] values = spectrum.values();
        assertThat(values).isSortedAccordingTo((a, b) -> Double.compare(b, a));
        for (int j = 0; j < 5; j++) {
            for (int k = 0; k < 5; k++) {
                double real = 0;
                double imaginary = 0;
                for (int i = 0; i < 12; i++) {
                    real += all.real().get(i, j) * all.real().get(i, k)
                            + all.imaginary().get(i, j) * all.imaginary().get(i, k);
                    imaginary += all.real().get(i, j) * all.imaginary().get(i, k)
                            - all.imaginary().get(i, j) * all.real().get(i, k);
                }
                assertThat(real).isCloseTo(j == k ? values[j] : 0, within(1e-11));
                assertThat(imaginary).isCloseTo(0, within(1e-11));
            }
        }
    }

    /** Equal eigenvalues: the eigenvectors of the embedding may be any basis of the whole space. */
    @Test
    void equalEigenvaluesAreEachCountedOnce() {
        HermitianFactors unit = new HermitianFactors(Matrix.identity(8), Matrix.zeros(8, 8));
        HermitianSpectrum spectrum = new HermitianSpectrum(unit, kernels);
        assertThat(spectrum.values()).containsExactly(new double[] {1, 1, 1, 1, 1, 1, 1, 1}, within(1e-14));
        assertSame(spectrum.leading(8), unit);
    }

    @Test
    void nothingHasNoEigenvalues() {
        assertThat(new HermitianSpectrum(random(4, 0, 1), kernels).values()).isEmpty();
    }

    private static void assertSame(HermitianFactors x, HermitianFactors expected) {
        assertThat(x.realMatrix().data()).containsExactly(expected.realMatrix().data(), within(1e-11));
        assertThat(x.imaginaryMatrix().data())
                .containsExactly(expected.imaginaryMatrix().data(), within(1e-11));
    }

    private static Matrix beside(Matrix first, Matrix second) {
        Matrix both = Matrix.zeros(first.rows(), 2);
        both.columnRange(0, 1).copyFrom(first);
        both.columnRange(1, 2).copyFrom(second);
        return both;
    }

    private static HermitianFactors random(int n, int rank, long seed) {
        return HermitianFactors.ofStacked(Initialisation.gaussian(2 * n, rank, 1, new Random(seed)));
    }
}
