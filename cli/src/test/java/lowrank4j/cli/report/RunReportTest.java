package lowrank4j.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import lowrank4j.RecoveryResult;
import lowrank4j.kernel.Tier;
import lowrank4j.kernel.TierReport;
import lowrank4j.matrix.Factors;
import lowrank4j.matrix.Matrix;
import lowrank4j.solver.IterationEvent;
import lowrank4j.solver.Termination;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class RunReportTest {
    private static final Termination CONVERGED = new Termination.Converged(
            "residual-tolerance", "The relative residual 1e-11 is within the tolerance 1e-10.");

    @TempDir
    Path directory;

    private static IterationEvent event(int iteration, double objective, OptionalDouble heldOut, int rank) {
        return new IterationEvent(iteration, 0.1 * iteration, objective, Math.sqrt(objective), heldOut, rank, 0.8, 0);
    }

    private static List<IterationEvent> falling(int count) {
        return IntStream.range(0, count)
                .mapToObj(k -> event(k, Math.pow(10, -k), OptionalDouble.of(Math.pow(10, -0.4 * k)), k < 3 ? 8 : 3))
                .toList();
    }

    private static RecoveryResult result(
            List<IterationEvent> trace, List<Double> singularValues, int rank, Termination termination) {
        return new RecoveryResult(
                new Factors(Matrix.zeros(6, rank), Matrix.zeros(5, rank)),
                rank,
                singularValues,
                termination,
                trace,
                2.5e-20,
                1e-11,
                trace.isEmpty() ? OptionalDouble.empty() : trace.getLast().heldOutError(),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                3.25e-7,
                OptionalDouble.of(1.5e-6),
                "apgd",
                "it is the fastest",
                0.8,
                0,
                42,
                2,
                new TierReport(Tier.VECTOR, 512, true, "", 0, List.of("OpenBLAS is missing: install it.")),
                Map.of("iterate", 1.25),
                Map.of("matrix products", 0.75, "small solves", 0.0),
                List.of("The <result> may be another matrix & fit."));
    }

    private Document written(RecoveryResult result) throws Exception {
        RunReport.write(
                directory.resolve("out"),
                new RunReport.Run(
                        "A run",
                        "2,400 measurements of a 60 × 60 matrix.",
                        List.of(
                                new String[] {"Measurements", "A \"quoted\" <name>\u0001.npy"},
                                new String[] {"Measurements", "another.npy"}),
                        result,
                        Map.of("Peak memory", "213 MB")));
        return parsed(Files.readString(directory.resolve("out/report.html")));
    }

    private static Document parsed(String page) throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(page.getBytes(StandardCharsets.UTF_8)));
    }

    private BufferedImage trace() throws IOException {
        return ImageIO.read(directory.resolve("out/trace.png").toFile());
    }

    private static long pixels(BufferedImage image, Color colour) {
        return Arrays.stream(image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth()))
                .filter(pixel -> pixel == colour.getRGB())
                .count();
    }

    static Stream<Arguments> runs() {
        List<IterationEvent> plain =
                List.of(event(0, 1, OptionalDouble.empty(), 1), event(1, 0.5, OptionalDouble.empty(), 1));
        List<IterationEvent> zero = List.of(event(0, 0, OptionalDouble.of(0), 1), event(1, 0, OptionalDouble.of(0), 1));
        List<IterationEvent> broken = List.of(
                event(0, 1, OptionalDouble.of(Double.NaN), 2),
                event(1, Double.POSITIVE_INFINITY, OptionalDouble.of(0.5), 2),
                event(2, 1e300, OptionalDouble.empty(), 2));
        return Stream.of(
                Arguments.of("a long trace", result(falling(120), List.of(3.0, 2.0, 0.1), 3, CONVERGED)),
                Arguments.of("no trace", result(List.of(), List.of(1.0), 1, CONVERGED)),
                Arguments.of("one event", result(falling(1), List.of(1.0), 1, CONVERGED)),
                Arguments.of("nothing held out", result(plain, List.of(1.0), 1, CONVERGED)),
                Arguments.of("a perfect fit at once", result(zero, List.of(1.0, 0.0), 1, CONVERGED)),
                Arguments.of(
                        "values out of bounds", result(broken, List.of(1.0), 1, new Termination.Diverged("It rose."))),
                Arguments.of("rank 0", result(plain, List.of(), 0, new Termination.NoSignal("No signal."))),
                Arguments.of(
                        "many singular values",
                        result(
                                plain,
                                IntStream.range(0, 300)
                                        .mapToObj(k -> Math.exp(-k))
                                        .toList(),
                                2,
                                CONVERGED)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("runs")
    void thePageIsWellFormedAndStandsAlone(String name, RecoveryResult result) throws Exception {
        Document page = written(result);
        String text = page.getDocumentElement().getTextContent();
        assertThat(text).doesNotContain("NaN").doesNotContain("Infinity").doesNotContain("null");
        assertThat(text)
                .contains(result.termination().rule(), result.termination().sentence());
        NodeList images = page.getElementsByTagName("img");
        assertThat(images.getLength()).isEqualTo(2);
        for (int k = 0; k < images.getLength(); k++) {
            Element image = (Element) images.item(k);
            assertThat(image.getAttribute("alt")).isNotBlank().doesNotContain("NaN");
            String source = image.getAttribute("src");
            assertThat(source).startsWith("data:image/png;base64,");
            byte[] bytes = Base64.getDecoder().decode(source.substring(source.indexOf(',') + 1));
            assertThat(ImageIO.read(new ByteArrayInputStream(bytes)).getWidth())
                    .isEqualTo(Pictures.SCALE * Charts.WIDTH);
        }
        String markup = Files.readString(directory.resolve("out/report.html")).replaceAll("base64,[^\"]*", "");
        assertThat(markup).doesNotContain("http:", "https:", "url(", "<script", "<link", "file:");
        assertThat(trace().getWidth()).isEqualTo(Pictures.SCALE * Charts.WIDTH);
        assertThat(trace().getHeight()).isGreaterThan(100);
    }

    @Test
    void thePageTellsWhatTheResultHolds() throws Exception {
        String text = written(result(falling(12), List.of(3.0, 2.0, 0.1), 3, CONVERGED))
                .getDocumentElement()
                .getTextContent();
        assertThat(text)
                .contains("2,400 measurements of a 60 × 60 matrix.")
                .contains("3effective rank")
                .contains("1e-11relative residual")
                .contains("4e-5held-out error")
                .contains("3.3e-7noise of one measurement")
                .contains("11iterations")
                .contains("apgd", "it is the fastest", "6 × 5", "1.5e-6", "0.8", "42")
                .contains("vector", "512 bits, fused multiply-add", "OpenBLAS is missing: install it.")
                .contains("iterate1.3 s", "matrix products750 ms")
                .doesNotContain("small solves")
                .contains("The <result> may be another matrix & fit.")
                .contains("A \"quoted\" <name>\uFFFD.npy, another.npy")
                .contains("Peak memory213 MB");
    }

    @Test
    void onlySuccessIsGreen() throws Exception {
        written(result(falling(3), List.of(1.0), 1, CONVERGED));
        assertThat(Files.readString(directory.resolve("out/report.html"))).contains("verdict good\">");
        written(result(falling(3), List.of(1.0), 1, new Termination.IterationLimit(3)));
        assertThat(Files.readString(directory.resolve("out/report.html"))).contains("verdict bad\">");
    }

    @Test
    void theHeldOutErrorIsDrawnWhereThereIsOne() throws Exception {
        Color heldOut = new Color(0xD55E00);
        written(result(falling(60), List.of(1.0), 1, CONVERGED));
        assertThat(pixels(trace(), heldOut)).isGreaterThan(200);
        List<IterationEvent> without = falling(60).stream()
                .map(e -> event(e.iteration(), e.objective(), OptionalDouble.empty(), e.rank()))
                .toList();
        written(result(without, List.of(1.0), 1, CONVERGED));
        assertThat(pixels(trace(), heldOut)).isZero();
    }

    @Test
    void linesStandWhereTheirValuesAre() {
        BufferedImage low = Charts.draw(flat(1e-9), 300);
        BufferedImage high = Charts.draw(flat(1e-1), 300);
        assertThat(middle(high)).isLessThan(middle(low) - 100);
    }

    /** A flat line in a chart that reaches from 1e-10 to 1. */
    private static Panel flat(double value) {
        double[] x = {0, 50};
        return new Panel(
                "x",
                "y",
                true,
                List.of(
                        new Panel.Line("flat", Panel.Style.DASHED, x, new double[] {value, value}),
                        new Panel.Line("range", Panel.Style.PALE_MARKS, x, new double[] {1e-10, 1})));
    }

    /** Mean height of the first line's pixels, from the top. */
    private static double middle(BufferedImage image) {
        int colour = new Color(0x0072B2).getRGB();
        // The legend's stroke is left of the middle of the chart and low; the plot's right half holds the line alone.
        return IntStream.range(0, image.getHeight())
                .filter(y -> image.getRGB(image.getWidth() * 3 / 4, y) == colour
                        || image.getRGB(image.getWidth() * 3 / 4 + 14, y) == colour)
                .average()
                .orElseThrow();
    }

    @Test
    void anOlderReportIsReplaced() throws Exception {
        written(result(falling(3), List.of(1.0), 1, CONVERGED));
        String text = written(result(falling(5), List.of(1.0), 1, new Termination.Cancelled()))
                .getDocumentElement()
                .getTextContent();
        assertThat(text).contains("cancelled").doesNotContain("residual-tolerance");
    }
}
