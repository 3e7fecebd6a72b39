package lowrank4j.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class RenderingTest {
    private static final List<Block> BLOCKS = List.of(
            new Block.Heading(2, "Sizes & times"),
            new Block.Table(1, List.of("size", "time"), List.of(List.of("r < 2", "3"))),
            new Block.Picture("p.png", new byte[] {1, 2}, "in words"));

    @Test
    void markdownAlignsFiguresRightAndPointsToPictures() {
        assertThat(Markdown.of(BLOCKS)).isEqualTo("""
                ## Sizes & times

                | size | time |
                |---|---:|
                | r < 2 | 3 |

                ![in words](p.png)
                """);
    }

    @Test
    void aPageEscapesTextAndCarriesItsPictures() {
        assertThat(Page.of("T", BLOCKS))
                .contains("<h2>Sizes &amp; times</h2>", "<td>r &lt; 2</td><td class=\"figure\">3</td>")
                .contains("src=\"data:image/png;base64,AQI=\"")
                .doesNotContain("<script", "http");
    }
}
