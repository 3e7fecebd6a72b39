package lowrank4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import lowrank4j.kernel.Engine;
import lowrank4j.kernel.Tiers;
import lowrank4j.matrix.Factors;
import lowrank4j.matrix.Matrix;
import lowrank4j.sensing.MeasurementOperator;
import lowrank4j.sensing.RankOneSensing;
import org.junit.jupiter.api.Test;

/** What a result says of why its method was chosen. */
class RecommendationTest {
    private static final int ORDER = 14;
    private static final int COUNT = 160;

    private static RecoveryResult solved(boolean symmetric, RecoveryOptions options) {
        Random random = new Random(11);
        Matrix left = gaussian(COUNT, random);
        Matrix right = gaussian(COUNT, random);
        Matrix column = gaussian(ORDER, random).columnRange(0, 1).copy();
        Factors truth = symmetric
                ? Factors.symmetric(column)
                : new Factors(column, gaussian(ORDER, random).columnRange(1, 2).copy());
        double[] observed = new double[COUNT];
        try (Engine engine = Engine.open(Tiers.select(), 1)) {
            operator(symmetric, left, right, engine).forward(truth, observed);
        }
        return MatrixSensing.by(engine -> operator(symmetric, left, right, engine), observed)
                .solve(options.withThreads(1));
    }

    private static MeasurementOperator operator(boolean symmetric, Matrix left, Matrix right, Engine engine) {
        return symmetric ? RankOneSensing.quadratic(left, engine) : RankOneSensing.rectangular(left, right, engine);
    }

    private static Matrix gaussian(int rows, Random random) {
        double[] numbers = new double[rows * ORDER];
        Arrays.setAll(numbers, k -> random.nextGaussian());
        return Matrix.wrap(numbers, rows, ORDER);
    }

    @Test
    void theKindOfMeasurementsAndTheirNumberAreNamed() {
        RecoveryResult result = solved(false, RecoveryOptions.defaults());
        assertThat(result.effectiveRank()).isEqualTo(1);
        assertThat(result.reason())
                .startsWith("recommended: anderson-scaled-gd-lambda, since the measurements")
                .contains("about equally well")
                .endsWith("160 measurements are 5.93 times the 27 free parameters of rank 1");
    }

    @Test
    void ofASymmetricUnknownItIsTheDampingThatDecides() {
        RecoveryResult result = solved(true, RecoveryOptions.defaults());
        assertThat(result.reason())
                .startsWith("recommended: anderson-scaled-gd-lambda, since the unknown is symmetric")
                .contains("14 free parameters");
    }

    @Test
    void aDampingThatIsGivenDecides() {
        assertThat(solved(false, RecoveryOptions.defaults().withDamping(0.1)).reason())
                .startsWith("recommended: anderson-scaled-gd-lambda, since a damping was given");
    }

    @Test
    void aMethodByNameWasAskedFor() {
        RecoveryOptions named =
                RecoveryOptions.defaults().withAlgorithm(Algorithm.SCALED_GD).withRank(1);
        assertThat(solved(false, named).reason()).isEqualTo("asked for");
    }
}
