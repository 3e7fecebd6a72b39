package lowrank4j.cli.report;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What one chart shows.
 *
 * @param horizontal title of the axis of whole numbers, such as iterations, or of decades
 * @param vertical title of the other axis, with its unit
 * @param logarithmic whether the vertical axis is; what is not above zero is then left out
 * @param logarithmicAcross whether the horizontal axis is, too; likewise
 * @param lines in the order of the legend, by distinct names
 */
public record Panel(
        String horizontal, String vertical, boolean logarithmic, boolean logarithmicAcross, List<Line> lines) {
    public Panel {
        lines = List.copyOf(lines);
    }

    /** With an even horizontal axis. */
    public Panel(String horizontal, String vertical, boolean logarithmic, List<Line> lines) {
        this(horizontal, vertical, logarithmic, false, lines);
    }

    /** How a line is drawn. */
    public enum Style {
        /** A line from point to point, with marks where there are few. */
        SOLID,
        /** A broken line. */
        DASHED,
        /** A stair: each value holds until the next. */
        STEPS,
        /** Filled marks without a line. */
        MARKS,
        /** Grey marks without a line, for what does not count. */
        PALE_MARKS
    }

    /**
     * One line of a chart; points that are not finite are left out.
     *
     * @param name in the legend
     * @param x ascending
     * @param y as many
     */
    public record Line(String name, Style style, double[] x, double[] y) {
        public Line {
            if (x.length != y.length) {
                throw new IllegalArgumentException(
                        "line '" + name + "' has " + x.length + " x and " + y.length + " y: the counts must be equal");
            }
        }

        /** The points that the axes can show, where they can: as logarithms of base 10 on a logarithmic one. */
        Line drawable(boolean logarithmic, boolean logarithmicAcross) {
            double[] across =
                    logarithmicAcross ? Arrays.stream(x).map(Math::log10).toArray() : x;
            double[] up = logarithmic ? Arrays.stream(y).map(Math::log10).toArray() : y;
            int[] shown = IntStream.range(0, x.length)
                    .filter(k -> Double.isFinite(across[k]) && Double.isFinite(up[k]))
                    .toArray();
            return new Line(
                    name,
                    style,
                    Arrays.stream(shown).mapToDouble(k -> across[k]).toArray(),
                    Arrays.stream(shown).mapToDouble(k -> up[k]).toArray());
        }
    }
}
