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
import lowrank4j.cli.replicate.Figure;
import lowrank4j.cli.replicate.Figures;
import lowrank4j.cli.replicate.TinyFigure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;

class ReplicateCommandTest {
    @TempDir
    Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int replicate(String... arguments) {
        Failures failures = new Failures();
        List<Figure> figures = List.of(new TinyFigure("tiny-good", 1e-6), new TinyFigure("tiny-bad", 1e-60));
        return new CommandLine(new ReplicateCommand(figures))
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .setParameterExceptionHandler(failures)
                .setExecutionExceptionHandler(failures)
                .execute(arguments);
    }

    @Test
    void aFigureThatHoldsIsWrittenAndPasses() throws Exception {
        Path folder = directory.resolve("shown");
        assertThat(replicate("tiny-good", "--quick", "--out", folder.toString(), "--threads", "1"))
                .as(err.toString())
                .isZero();
        assertThat(folder.toFile().list())
                .containsExactlyInAnyOrder("tiny-good.csv", "tiny-good.png", "replication.html", "result.json");
        assertThat(ImageIO.read(folder.resolve("tiny-good.png").toFile()).getWidth())
                .isGreaterThan(1000);
        List<String> lines = Files.readAllLines(folder.resolve("tiny-good.csv"));
        assertThat(lines.getFirst()).isEqualTo("part,series,seed,x,y");
        assertThat(lines)
                .anyMatch(line -> line.startsWith("\"errors\",\"descent, \"\"small\"\"\",1,0.0,"))
                .anyMatch(line -> line.startsWith("\"errors\",\"descent, \"\"small\"\"\",3,0.0,"));
        byte[] page = Files.readAllBytes(folder.resolve("replication.html"));
        Document parsed =
                DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new ByteArrayInputStream(page));
        assertThat(parsed.getElementsByTagName("img").getLength()).isEqualTo(1);
        assertThat(parsed.getDocumentElement().getTextContent())
                .contains("1 of 1 figures", "n = 12", "quick run", "at most 1e-6", "pass")
                .doesNotContain("NaN", "fail");
        assertThat(Files.readString(folder.resolve("replication.html")).replaceAll("base64,[^\"]*", ""))
                .doesNotContain("http:", "https:", "url(", "<script", "<link");
        assertThat(out.toString())
                .contains("pass  tiny-good", folder.resolve("replication.html").toString());
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void aFigureThatMissesItsBandFailsAndIsWrittenAllTheSame() {
        Path folder = directory.resolve("shown");
        assertThat(replicate("all", "--quick", "--seeds", "1", "--out", folder.toString()))
                .isEqualTo(ExitCode.NOT_CONVERGED);
        JsonNode figures =
                Json.mapper().readTree(folder.resolve("result.json").toFile()).path("figures");
        assertThat(figures.path("tiny-good").path("pass").booleanValue()).isTrue();
        assertThat(figures.path("tiny-bad").path("pass").booleanValue()).isFalse();
        JsonNode finding = figures.path("tiny-bad").path("findings").get(0);
        assertThat(finding.path("bySeed")).hasSize(1);
        assertThat(finding.path("median").doubleValue()).isBetween(1e-60, 1e-6);
        assertThat(finding.path("high").doubleValue()).isEqualTo(1e-60);
        assertThat(out.toString()).contains("FAIL  tiny-bad", "pass  tiny-good");
        assertThat(folder.resolve("tiny-bad.png")).exists();
    }

    @Test
    void theListNamesEveryFigure() {
        Command.Outcome outcome = Command.run("replicate", "--list");
        assertThat(outcome.code()).isZero();
        assertThat(Figures.all()).isNotEmpty();
        for (Figure figure : Figures.all()) {
            assertThat(outcome.out()).contains(figure.name(), figure.claim());
            assertThat(figure.name()).as("fit for a file").matches("[a-z][a-z0-9-]*");
            assertThat(figure.bands()).as(figure.name()).isNotEmpty();
            assertThat(figure.axes()).as(figure.name()).isNotEmpty();
            assertThat(figure.setUp(true)).isNotBlank();
        }
        assertThat(Figures.all().stream().map(Figure::name)).doesNotHaveDuplicates();
    }

    @Test
    void anUnknownNameIsRefusedWithTheNames() {
        Path folder = directory.resolve("shown");
        Command.Outcome outcome = Command.run("replicate", "figure-nine", "--out", folder);
        assertThat(outcome.code()).isEqualTo(ExitCode.USAGE);
        assertThat(outcome.err()).contains("'figure-nine'", "gd-phases", "--help");
        assertThat(folder).doesNotExist();
        assertThat(Command.run("replicate").code()).isEqualTo(ExitCode.USAGE);
        assertThat(Command.run("replicate", "all", "--seeds", "0").code()).isEqualTo(ExitCode.USAGE);
    }
}
