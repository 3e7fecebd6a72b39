package lowrank4j.solver;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import lowrank4j.kernel.Engine;
import lowrank4j.kernel.Tiers;
import lowrank4j.sensing.HankelSensing;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("tier")
class HankelDescentTest {
    private static final List<Exponential> COMPLEX =
            List.of(new Exponential(0.11, 0, 1, 2), new Exponential(-0.3, 0.02, -1, 0.5), new Exponential(0, 0, -2, 0));

    /** A pair, a constant and one that changes its sign each time, neither positive. */
    private static final List<Exponential> REAL = List.of(
            new Exponential(0.11, 0.01, 1, 2),
            new Exponential(-0.11, 0.01, 1, -2),
            new Exponential(0, 0, -2, 0),
            new Exponential(0.5, 0.02, -0.5, 0));

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void startsAtASumOfExponentials(boolean complex) {
        int n = 30;
        List<Exponential> parts = complex ? COMPLEX : REAL;
        try (Engine engine = Engine.open(Tiers.select(), 1)) {
            HankelSensing operator =
                    complex ? HankelSensing.complex(16, 15, engine) : HankelSensing.real(16, 15, engine);
            boolean[] marks = new boolean[operator.length()];
            double[] observed = new double[operator.length()];
            Arrays.fill(marks, true);
            for (int t = 0; t < n; t++) {
                for (Exponential part : parts) {
                    observed[t] += part.realAt(t) * operator.root(t) / (complex ? 2 : 1);
                    if (complex) {
                        observed[n + t] += part.imaginaryAt(t) * operator.root(n + t) / 2;
                    }
                }
            }
            HankelDescent descent = new HankelDescent(operator, marks, observed, 1, engine);
            descent.restart(parts);
            assertThat(descent.residual()).isLessThan(1e-14);
            assertThat(descent.factors().rank()).isEqualTo(parts.size());
        }
    }
}
