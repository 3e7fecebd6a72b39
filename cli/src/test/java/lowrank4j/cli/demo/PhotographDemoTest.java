package lowrank4j.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import lowrank4j.RecoveryOptions;
import lowrank4j.cli.report.Pictures;
import org.junit.jupiter.api.Test;

class PhotographDemoTest {
    private static final int WIDTH = 60;
    private static final int HEIGHT = 50;

    /** Colours that are a sum of two products, rounded. */
    static Photograph soft() {
        List<int[]> channels = new ArrayList<>();
        for (int c = 0; c < 3; c++) {
            int[] channel = new int[WIDTH * HEIGHT];
            int colour = c;
            Arrays.setAll(channel, k -> {
                double across = (double) (k % WIDTH) / WIDTH;
                int row = k / WIDTH;
                double down = (double) row / HEIGHT;
                return Photograph.colour(120
                        + 70 * Math.sin(5 * down + colour) * Math.cos(4 * across)
                        + 50 * (down - 0.5) * Math.sin(9 * across));
            });
            channels.add(channel);
        }
        return new Photograph(WIDTH, HEIGHT, channels);
    }

    @Test
    void aSoftPictureComesBack() {
        Photograph truth = soft();
        List<String> told = new ArrayList<>();
        PhotographDemo.Outcome outcome = PhotographDemo.run(
                truth, 0.4, RecoveryOptions.defaults().withSeed(3).withThreads(1), told::add);
        assertThat(told).hasSize(3).anyMatch(sentence -> sentence.contains("green"));
        assertThat(outcome.knownShare()).isBetween(0.35, 0.45);
        assertThat(outcome.damagedPsnr()).isLessThan(12);
        assertThat(outcome.restoredPsnr()).isGreaterThan(40).isGreaterThan(outcome.offsetsPsnr() + 10);
        assertThat(outcome.isConverged()).isTrue();
        for (int c = 0; c < 3; c++) {
            for (int k = 0; k < WIDTH * HEIGHT; k++) {
                int damaged = outcome.damaged().channels().get(c)[k];
                if (damaged != 0) {
                    assertThat(outcome.restored().channels().get(c)[k]).isEqualTo(damaged);
                }
            }
        }
    }

    @Test
    void thePictureHoldsAllThree() {
        Photograph truth = soft();
        PhotographDemo.Outcome outcome = new PhotographDemo.Outcome(
                truth, truth.with(new boolean[WIDTH * HEIGHT]), truth, truth, List.of(), 0.3, 1.5);
        BufferedImage picture = PhotographDemo.picture(outcome);
        assertThat(picture.getWidth()).isGreaterThan(3 * Pictures.SCALE * WIDTH);
        assertThat(picture.getHeight()).isGreaterThan(Pictures.SCALE * HEIGHT);
        int row = picture.getHeight() / 4;
        int third = picture.getWidth() / 3;
        assertThat(picture.getRGB(third / 2, row) & 0xFFFFFF).isZero();
        assertThat(picture.getRGB(third + third / 2, row)).isNotEqualTo(picture.getRGB(third / 2, row));
    }

    @Test
    void decibelsOfEqualPicturesAreNoNumber() {
        assertThat(PhotographDemo.decibels(27.449)).isEqualTo("PSNR 27.4 dB");
        assertThat(PhotographDemo.decibels(Double.POSITIVE_INFINITY)).isEqualTo("no difference");
    }
}
