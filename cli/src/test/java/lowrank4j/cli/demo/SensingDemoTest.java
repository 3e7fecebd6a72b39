package lowrank4j.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import lowrank4j.RecoveryOptions;
import lowrank4j.matrix.Factors;
import lowrank4j.matrix.Matrix;
import org.junit.jupiter.api.Test;

class SensingDemoTest {
    static final SensingDemo.Setting SMALL = new SensingDemo.Setting(16, 2, 4, 500);

    @Test
    void theTruthHasTheAskedForSingularValues() {
        Matrix truth = SensingDemo.truth(new SensingDemo.Setting(20, 3, 4, 1), new Random(5));
        // 1, 0.625, 0.25: their sums of squares and of fourth powers determine them together with the rank.
        double squares = 0;
        double fourths = 0;
        for (int i = 0; i < 20; i++) {
            for (int j = 0; j < 20; j++) {
                squares += truth.get(i, j) * truth.get(i, j);
                double gram = 0;
                for (int k = 0; k < 20; k++) {
                    gram += truth.get(k, i) * truth.get(k, j);
                }
                fourths += gram * gram;
            }
        }
        assertThat(squares).isCloseTo(1 + 0.390625 + 0.0625, within(1e-12));
        assertThat(fourths).isCloseTo(1 + 0.152587890625 + 0.00390625, within(1e-12));
    }

    @Test
    void theErrorIsRelativeToTheTruth() {
        Matrix truth = Matrix.of(new double[][] {{3, 0}, {0, 4}});
        Factors zero = new Factors(Matrix.zeros(2, 1), Matrix.zeros(2, 1));
        assertThat(SensingDemo.relativeError(zero, truth)).isEqualTo(1);
        Factors corner = new Factors(Matrix.of(new double[][] {{0}, {4}}), Matrix.of(new double[][] {{0}, {1}}));
        assertThat(SensingDemo.relativeError(corner, truth)).isCloseTo(0.6, within(1e-15));
    }

    @Test
    void everyMethodFindsTheMatrixUntuned() {
        List<String> told = new ArrayList<>();
        List<SensingDemo.Run> runs =
                SensingDemo.run(SMALL, RecoveryOptions.defaults().withSeed(2).withThreads(1), told::add);
        assertThat(runs)
                .extracting(SensingDemo.Run::name)
                .containsExactly("recommended", "apgd", "scaled-gd-lambda", "gradient-descent");
        assertThat(told).hasSize(5);
        for (SensingDemo.Run run : runs) {
            assertThat(run.finalError()).as(run.name()).isLessThan(1e-8);
            assertThat(run.result().effectiveRank()).as(run.name()).isEqualTo(2);
            assertThat(run.iteration()).startsWith(0).hasSameSizeAs(run.error());
            assertThat(run.error()[0]).as(run.name()).isGreaterThan(0.1);
            assertThat(run.error()[run.error().length - 1]).as(run.name()).isLessThan(1e-8);
        }
        assertThat(runs.getFirst().title()).isEqualTo("recommended (anderson-scaled-gd-lambda)");
        BufferedImage picture = SensingDemo.picture(runs);
        assertThat(count(picture, 0x0072B2)).isPositive();
        assertThat(count(picture, 0x009E73)).isPositive();
        assertThat(count(picture, 0xCC79A7)).isPositive();
    }

    private static long count(BufferedImage image, int colour) {
        int wanted = new Color(colour).getRGB();
        return Arrays.stream(image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth()))
                .filter(pixel -> pixel == wanted)
                .count();
    }
}
