package lowrank4j.cli.replicate;

import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import lowrank4j.cli.replicate.Axes.Kind;
import lowrank4j.cli.report.Bars;
import lowrank4j.cli.report.Charts;
import lowrank4j.cli.report.Panel;
import lowrank4j.cli.report.Panel.Line;
import lowrank4j.cli.report.Panel.Style;
import lowrank4j.cli.report.Pictures;
import lowrank4j.cli.report.ShareMap;

/** The picture of a figure: its parts one below the other, medians over the trials. */
final class Picture {
    private static final int HEIGHT = 400;

    /** Points of a broken line. */
    private static final int DASHES = 35;

    private Picture() {}

    static BufferedImage of(Verdict verdict) {
        List<BufferedImage> parts = new ArrayList<>();
        for (Axes axes : verdict.figure().axes()) {
            parts.add(draw(axes, verdict.points()));
        }
        return Pictures.stacked(parts);
    }

    private static BufferedImage draw(Axes axes, List<Point> points) {
        if (axes.kind() == Kind.MAP) {
            List<Line> rows =
                    List.copyOf(lines(axes.name(), points, Statistics::mean).values());
            return ShareMap.draw(axes.name(), axes.horizontal(), rows, Charts.WIDTH);
        }
        Map<String, Line> lines = medians(axes.name(), points);
        return axes.kind() == Kind.BARS
                ? Bars.draw(axes.vertical(), lengths(lines), Charts.WIDTH)
                : Charts.draw(panel(axes, lines), HEIGHT);
    }

    private static Panel panel(Axes axes, Map<String, Line> lines) {
        return new Panel(
                axes.horizontal(),
                axes.vertical(),
                axes.kind() != Kind.LINEAR,
                axes.kind() == Kind.LOG_LOG,
                grouped(lines));
    }

    /**
     * Lines of one family, which share the beginning of their names up to a comma, follow each other; those of every second family are
     * broken.
     */
    private static List<Line> grouped(Map<String, Line> lines) {
        Map<String, List<Line>> families = new LinkedHashMap<>();
        lines.forEach((name, line) -> families.computeIfAbsent(name.split(", ", 2)[0], family -> new ArrayList<>())
                .add(line));
        List<Line> grouped = new ArrayList<>();
        boolean broken = false;
        for (List<Line> family : families.values()) {
            for (Line line : family) {
                grouped.add(broken && lines.size() > families.size() ? dashed(line) : line);
            }
            broken = !broken;
        }
        return grouped;
    }

    /** A dash begins at each point, so there must be few for gaps to show. */
    private static Line dashed(Line line) {
        int count = line.x().length;
        int stride = Math.max(1, count / DASHES);
        int[] kept = IntStream.range(0, count)
                .filter(k -> k % stride == 0 || k == count - 1)
                .toArray();
        return new Line(
                line.name(),
                Style.DASHED,
                Arrays.stream(kept).mapToDouble(k -> line.x()[k]).toArray(),
                Arrays.stream(kept).mapToDouble(k -> line.y()[k]).toArray());
    }

    private static Map<String, Double> lengths(Map<String, Line> lines) {
        Map<String, Double> lengths = new LinkedHashMap<>();
        lines.forEach((name, line) -> lengths.put(name, line.y()[0]));
        return lengths;
    }

    /** One line a series, in the order in which they came, of the medians at those x where every trial has a point. */
    static Map<String, Line> medians(String axes, List<Point> points) {
        return lines(axes, points, Statistics::median);
    }

    private static Map<String, Line> lines(
            String axes, List<Point> points, ToDoubleFunction<Collection<Double>> summary) {
        Map<String, Map<Double, List<Double>>> series = new LinkedHashMap<>();
        for (Point point : points) {
            if (point.axes().equals(axes)) {
                series.computeIfAbsent(point.series(), name -> new TreeMap<>())
                        .computeIfAbsent(point.x(), x -> new ArrayList<>())
                        .add(point.y());
            }
        }
        Map<String, Line> lines = new LinkedHashMap<>();
        series.forEach((name, values) -> {
            int trials = values.values().stream().mapToInt(List::size).max().orElse(0);
            values.values().removeIf(found -> found.size() < trials);
            lines.put(
                    name,
                    new Line(
                            name,
                            Style.SOLID,
                            values.keySet().stream().mapToDouble(x -> x).toArray(),
                            values.values().stream().mapToDouble(summary).toArray()));
        });
        return lines;
    }
}
