package lowrank4j.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import lowrank4j.cli.report.Panel.Line;
import lowrank4j.cli.report.Panel.Style;
import org.junit.jupiter.api.Test;

class ShareMapTest {
    private static Set<Integer> colours(Line... lines) {
        BufferedImage image = ShareMap.draw("title", "x", List.of(lines), 600);
        Set<Integer> colours = new HashSet<>();
        for (int i = 0; i < image.getHeight(); i++) {
            for (int j = 0; j < image.getWidth(); j++) {
                colours.add(image.getRGB(j, i) & 0xFFFFFF);
            }
        }
        return colours;
    }

    private static Line line(String name, double[] x, double... y) {
        return new Line(name, Style.SOLID, x, y);
    }

    @Test
    void allIsBlueNoneIsOrangeAndWhatIsMissingIsGrey() {
        Line all = line("rank 1, κ = 1", new double[] {1.5, 3}, 100, 100);
        assertThat(colours(all)).contains(0x0072B2).doesNotContain(0xD55E00, 0xE4E7EB);
        Line none = line("rank 2, κ = 1", new double[] {1.5}, 0);
        assertThat(colours(all, none)).contains(0x0072B2, 0xD55E00, 0xE4E7EB);
    }
}
