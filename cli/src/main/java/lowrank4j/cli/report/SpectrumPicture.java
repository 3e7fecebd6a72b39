package lowrank4j.cli.report;

import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import lowrank4j.cli.report.Panel.Line;
import lowrank4j.cli.report.Panel.Style;

/** The singular values of a result, and the noise edge if there is one. */
final class SpectrumPicture {
    private static final int HEIGHT = 300;

    private SpectrumPicture() {}

    static BufferedImage of(List<Double> singularValues, int effectiveRank, OptionalDouble noiseEdge) {
        int count = singularValues.size();
        if (count == 0) {
            return Pictures.note("There are no singular values: the result has rank 0.", Charts.WIDTH, 80);
        }
        int counted = Math.clamp(effectiveRank, 0, count);
        List<Line> lines = new ArrayList<>();
        lines.add(marks("counted in the effective rank", Style.MARKS, singularValues, 0, counted));
        noiseEdge.ifPresent(edge -> lines.add(
                new Line("noise edge", Style.DASHED, new double[] {0, count + 1}, new double[] {edge, edge})));
        lines.add(marks("not counted", Style.PALE_MARKS, singularValues, counted, count));
        return Charts.draw(new Panel("number of the singular value", "singular value", true, lines), HEIGHT);
    }

    private static Line marks(String name, Style style, List<Double> values, int from, int to) {
        return new Line(
                name,
                style,
                IntStream.range(from, to).mapToDouble(k -> k + 1).toArray(),
                IntStream.range(from, to).mapToDouble(values::get).toArray());
    }
}
