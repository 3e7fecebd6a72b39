package lowrank4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import lowrank4j.cli.demo.Photograph;
import lowrank4j.cli.demo.SensingDemo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;

class DemoCommandTest {
    @TempDir
    Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private static Photograph slope() {
        int[] channel = new int[40 * 30];
        for (int k = 0; k < channel.length; k++) {
            channel[k] = 20 + k % 40 * 4 + k / 40 * 2;
        }
        return new Photograph(40, 30, List.of(channel, channel.clone(), channel.clone()));
    }

    private int demo(String... arguments) {
        Failures failures = new Failures();
        return new CommandLine(new DemoCommand(DemoCommandTest::slope, new SensingDemo.Setting(16, 2, 4, 500)))
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .setParameterExceptionHandler(failures)
                .setExecutionExceptionHandler(failures)
                .execute(arguments);
    }

    @Test
    void picturesThePageAndTheNumbersAreWritten() throws Exception {
        Path folder = directory.resolve("shown");
        assertThat(demo("--out", folder.toString(), "--threads", "1")).isZero();
        assertThat(folder.toFile().list())
                .containsExactlyInAnyOrder("demo.html", "photograph.png", "errors.png", "result.json");
        assertThat(ImageIO.read(folder.resolve("photograph.png").toFile()).getWidth())
                .isGreaterThan(240);
        assertThat(ImageIO.read(folder.resolve("errors.png").toFile()).getWidth())
                .isGreaterThan(1000);
        byte[] page = Files.readAllBytes(folder.resolve("demo.html"));
        Document parsed =
                DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new ByteArrayInputStream(page));
        assertThat(parsed.getElementsByTagName("img").getLength()).isEqualTo(2);
        assertThat(parsed.getDocumentElement().getTextContent())
                .contains("30 × 40", "16x16", "gradient-descent", "CC0")
                .doesNotContain("NaN");
        assertThat(Files.readString(folder.resolve("demo.html")).replaceAll("base64,[^\"]*", ""))
                .doesNotContain("http:", "https:", "url(", "<script", "<link");
        JsonNode numbers = Json.mapper().readTree(folder.resolve("result.json").toFile());
        JsonNode method = numbers.path("matrix").path("scaled-gd-lambda");
        assertThat(method.path("relativeError").doubleValue()).isBetween(0.0, 1e-8);
        assertThat(method.path("effectiveRank").intValue()).isEqualTo(2);
        // A slope has rank 2, and is restored to the last digit: there is no finite ratio.
        assertThat(numbers.path("photograph").path("restoredPsnr").isNull()).isTrue();
        assertThat(numbers.path("photograph").path("damagedPsnr").doubleValue()).isBetween(0.0, 40.0);
    }

    @Test
    void theSummaryNamesThePageAndProgressGoesElsewhere() {
        Path folder = directory.resolve("shown");
        demo("--out", folder.toString(), "--threads", "1");
        assertThat(out.toString())
                .contains(
                        "40 x 30 pixels",
                        "dB",
                        "recommended (anderson-scaled-gd-lambda)",
                        folder.resolve("demo.html").toString())
                .doesNotContain("...");
        assertThat(err.toString())
                .contains("Restoring a photograph: red ...", "Recovering a matrix: gradient-descent ...");
    }

    @Test
    void aFolderThatCannotBeMadeIsRefusedBeforeAnythingIsComputed() throws Exception {
        Path file = Files.writeString(directory.resolve("taken"), "mine");
        assertThat(demo("--out", file.toString())).isEqualTo(ExitCode.BAD_DATA);
        assertThat(err.toString()).contains(file.toString()).doesNotContain("Restoring");
        assertThat(file).hasContent("mine");
    }
}
