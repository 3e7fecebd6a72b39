package lowrank4j.solver;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import lowrank4j.kernel.Kernels;
import lowrank4j.kernel.Tiers;
import lowrank4j.matrix.Factors;
import lowrank4j.matrix.Matrix;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("tier")
class GramSpectrumTest {
    private final Kernels kernels = Tiers.select().kernels();
    private final Random random = new Random(5);

    private Matrix gaussian(int rows, int columns) {
        return Initialisation.gaussian(rows, columns, 1, random);
    }

    @Test
    void theValuesAreThoseOfAllDigits() {
        Factors factors = new Factors(gaussian(40, 6), gaussian(30, 6));
        double[] expected = new FactorSpectrum(factors, kernels).values();
        double[] values = new GramSpectrum(factors, kernels).values();
        for (int k = 0; k < 6; k++) {
            assertThat(values[k]).isCloseTo(expected[k], Offset.offset(1e-12 * expected[0]));
        }
    }

    @Test
    void theBalancedFactorsHaveTheSameProductAlsoWhereColumnsDepend() {
        Matrix left = gaussian(20, 5);
        Matrix right = gaussian(15, 5);
        for (int j = 0; j < 15; j++) {
            right.set(j, 4, right.get(j, 1) - 2 * right.get(j, 0));
            right.set(j, 2, 0);
        }
        GramSpectrum spectrum = new GramSpectrum(new Factors(left, right), kernels);
        Factors balanced = spectrum.balanced();
        double[] expected = new Factors(left, right).toMatrix().toArray();
        double[] product = balanced.toMatrix().toArray();
        for (int e = 0; e < expected.length; e++) {
            assertThat(product[e]).isCloseTo(expected[e], Offset.offset(1e-12));
        }
        assertThat(spectrum.values()[2]).isPositive();
        assertThat(spectrum.values()[3]).isZero();
        for (Matrix side : new Matrix[] {balanced.left(), balanced.right()}) {
            for (int k = 0; k < 5; k++) {
                for (int l = 0; l <= k; l++) {
                    double sum = 0;
                    for (int i = 0; i < side.rows(); i++) {
                        sum += side.get(i, k) * side.get(i, l);
                    }
                    assertThat(sum).isCloseTo(k == l ? spectrum.values()[k] : 0, Offset.offset(1e-10));
                }
            }
        }
    }

    @Test
    void ofZerosAllIsZero() {
        GramSpectrum spectrum = new GramSpectrum(new Factors(Matrix.zeros(4, 2), gaussian(3, 2)), kernels);
        assertThat(spectrum.values()).containsExactly(0, 0);
        assertThat(spectrum.balanced().toMatrix().toArray()).containsOnly(0);
    }
}
