package lowrank4j.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PhotographTest {
    private static Photograph two(int... colours) {
        return new Photograph(
                2, 1, List.of(new int[] {colours[0], colours[1]}, new int[] {colours[2], colours[3]}, new int[] {
                    colours[4], colours[5]
                }));
    }

    @Test
    void theRatioIsThatOfTheFormula() {
        Photograph black = two(0, 0, 0, 0, 0, 0);
        assertThat(Photograph.psnr(black, two(255, 255, 255, 255, 255, 255))).isZero();
        // 20 log10(255)
        assertThat(Photograph.psnr(black, two(1, 1, 1, 1, 1, 1))).isCloseTo(48.1308, within(1e-4));
        // 10 log10(255² · 6 / 10²)
        assertThat(Photograph.psnr(black, two(0, 0, 0, 10, 0, 0))).isCloseTo(35.9123, within(1e-4));
        assertThat(Photograph.psnr(two(3, 1, 4, 1, 5, 9), two(3, 1, 4, 1, 5, 9)))
                .isInfinite();
    }

    @Test
    void picturesOfTwoSizesAreNotCompared() {
        Photograph one = new Photograph(1, 1, List.of(new int[1], new int[1], new int[1]));
        assertThatThrownBy(() -> Photograph.psnr(one, two(0, 0, 0, 0, 0, 0)))
                .hasMessageContaining("1x1")
                .hasMessageContaining("2x1");
    }

    @Test
    void drawingKeepsEveryColour() {
        Photograph photograph = two(0, 255, 17, 3, 250, 128);
        Photograph drawn = Photograph.of(photograph.image());
        for (int c = 0; c < 3; c++) {
            assertThat(drawn.channels().get(c))
                    .containsExactly(photograph.channels().get(c));
        }
    }

    @Test
    void whatIsNotKnownIsBlack() {
        Photograph damaged = two(9, 8, 7, 6, 5, 4).with(new boolean[] {false, true});
        assertThat(damaged.channels().get(0)).containsExactly(0, 8);
        assertThat(damaged.channels().get(2)).containsExactly(0, 4);
    }

    @Test
    void aboutTheAskedForShareIsKnown() {
        int count = 0;
        for (boolean known : Photograph.known(100_000, 0.3, new Random(1))) {
            count += known ? 1 : 0;
        }
        assertThat(count).isCloseTo(30_000, within(600));
    }

    @Test
    void coloursStayInTheirRange() {
        assertThat(Photograph.colour(-3.2)).isZero();
        assertThat(Photograph.colour(99.6)).isEqualTo(100);
        assertThat(Photograph.colour(1e9)).isEqualTo(255);
    }

    @Test
    void thePhotographComesWithTheCommand() {
        Photograph cat = Photograph.ofACat();
        assertThat(cat.width()).isEqualTo(451);
        assertThat(cat.height()).isEqualTo(300);
        assertThat(cat.channels().get(0)).contains(30, 200);
    }
}
