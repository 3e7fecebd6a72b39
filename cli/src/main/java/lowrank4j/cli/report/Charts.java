package lowrank4j.cli.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.style.AxesChartStyler.TextAlignment;
import org.knowm.xchart.style.Styler.LegendLayout;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Draws panels, all in one style. */
public final class Charts {
    /** Width of a chart in points; pictures have {@link Pictures#SCALE} pixels a point. */
    public static final int WIDTH = 860;

    /** Colours that stay apart for colour-blind readers and in grey (Okabe, Ito 2008). */
    private static final Color[] COLOURS = {
        new Color(0x0072B2),
        new Color(0xD55E00),
        new Color(0x009E73),
        new Color(0xCC79A7),
        new Color(0x56B4E9),
        new Color(0xE69F00),
        new Color(0x1F2933)
    };

    private static final Color GRID = new Color(0xE4E7EB);
    private static final Color INK = new Color(0x1F2933);
    private static final Color PALE = new Color(0xA9B4C0);
    private static final Color CLEAR = new Color(0, 0, 0, 0);
    private static final int LEFT_MARGIN = 78;
    /** XChart spaces marks for this length, whatever their line's. */
    private static final int LEGEND_LINE = 20;

    /** Width of a letter of the legend, on average. */
    private static final int LETTER = 8;

    private static final int TICK_SPACING = 34;
    /** Of a chart's height; the rest are titles and the legend. */
    private static final double SHARE_OF_PLOT = 0.6;
    /** Of a chart's width; the rest are labels and titles. */
    private static final double SHARE_OF_WIDTH = 0.85;

    private static final int FEW_POINTS = 40;

    private Charts() {}

    /** The panel as a picture of {@link #WIDTH} by {@code height} points. */
    public static BufferedImage draw(Panel panel, int height) {
        List<Panel.Line> lines = panel.lines().stream()
                .map(line -> line.drawable(panel.logarithmic(), panel.logarithmicAcross()))
                .filter(line -> line.x().length > 0)
                .toList();
        if (lines.isEmpty()) {
            return Pictures.note(
                    panel.vertical() + ": nothing to draw" + (panel.logarithmic() ? " above zero." : "."), WIDTH, 60);
        }
        XYChart chart = new XYChart(WIDTH, height);
        chart.setXAxisTitle(panel.horizontal());
        chart.setYAxisTitle(panel.vertical());
        dress(chart.getStyler(), lines.size() > 1);
        if (isLong(lines)) {
            chart.getStyler().setLegendPosition(LegendPosition.OutsideE).setLegendLayout(LegendLayout.Vertical);
        }
        Range range = Range.of(lines);
        setRange(chart.getStyler(), panel, range, height);
        addAnchor(chart, range);
        boolean marked = lines.stream().allMatch(line -> line.x().length <= FEW_POINTS);
        for (int k = 0; k < lines.size(); k++) {
            Panel.Line line = lines.get(k);
            dress(chart.addSeries(line.name(), line.x(), line.y()), line, COLOURS[k % COLOURS.length], marked);
        }
        BufferedImage image = Pictures.blank(WIDTH, height);
        Graphics2D graphics = Pictures.graphics(image);
        chart.paint(graphics, WIDTH, height);
        graphics.dispose();
        return image;
    }

    private static void dress(XYStyler styler, boolean legend) {
        Font plain = new Font(Font.SANS_SERIF, Font.PLAIN, 13);
        styler.setAntiAlias(true)
                .setTextAntiAlias(true)
                .setBaseFont(plain)
                .setChartTitleVisible(false)
                .setChartBackgroundColor(Color.WHITE)
                .setChartFontColor(INK)
                .setChartPadding(6)
                .setPlotBackgroundColor(Color.WHITE)
                .setPlotBorderColor(PALE)
                .setLegendVisible(legend)
                .setLegendFont(plain)
                .setLegendBorderColor(CLEAR)
                .setLegendBackgroundColor(CLEAR)
                .setLegendPadding(14)
                .setLegendSeriesLineLength(LEGEND_LINE)
                .setLegendPosition(LegendPosition.OutsideS)
                .setLegendLayout(LegendLayout.Horizontal)
                .setMarkerSize(7)
                .setYAxisLeftWidthHint(LEFT_MARGIN);
        styler.setAxisTitleFont(plain)
                .setAxisTickLabelsFont(plain.deriveFont(12f))
                .setAxisTickLabelsColor(INK)
                .setPlotGridLinesColor(GRID)
                .setPlotGridLinesStroke(new BasicStroke(1))
                .setPlotMargin(0)
                .setYAxisLabelAlignment(TextAlignment.Right)
                .setXAxisTickMarkSpacingHint(70)
                .setYAxisTickMarkSpacingHint(TICK_SPACING);
    }

    /** Whether the legend does not fit below the chart, where XChart does not wrap it. */
    private static boolean isLong(List<Panel.Line> lines) {
        int letters = lines.stream().mapToInt(line -> line.name().length()).sum();
        return LETTER * letters + 3 * LEGEND_LINE * lines.size() > WIDTH;
    }

    private static void dress(XYSeries series, Panel.Line line, Color colour, boolean marked) {
        series.setLineColor(colour).setLineWidth(2);
        series.setMarkerColor(colour);
        series.setMarker(marked ? SeriesMarkers.CIRCLE : SeriesMarkers.NONE);
        switch (line.style()) {
            case SOLID -> series.setXYSeriesRenderStyle(XYSeriesRenderStyle.Line);
            case DASHED -> {
                series.setMarker(SeriesMarkers.NONE);
                series.setLineStyle(
                        new BasicStroke(2, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 10, new float[] {8, 6}, 0));
            }
            case STEPS -> {
                series.setXYSeriesRenderStyle(XYSeriesRenderStyle.Step);
                series.setMarker(line.x().length == 1 ? SeriesMarkers.CIRCLE : SeriesMarkers.NONE);
            }
            case MARKS ->
                series.setXYSeriesRenderStyle(XYSeriesRenderStyle.Scatter).setMarker(SeriesMarkers.CIRCLE);
            case PALE_MARKS -> {
                series.setXYSeriesRenderStyle(XYSeriesRenderStyle.Scatter).setMarker(SeriesMarkers.CIRCLE);
                series.setMarkerColor(PALE);
            }
        }
    }

    private record Range(double left, double right, double low, double high) {
        static Range of(List<Panel.Line> lines) {
            DoubleSummaryStatistics x = lines.stream()
                    .flatMapToDouble(line -> Arrays.stream(line.x()))
                    .summaryStatistics();
            DoubleSummaryStatistics y = lines.stream()
                    .flatMapToDouble(line -> Arrays.stream(line.y()))
                    .summaryStatistics();
            return new Range(x.getMin(), Math.max(x.getMax(), x.getMin() + 1), y.getMin(), y.getMax());
        }
    }

    /** A point that is not seen, in no rhythm with the others: equally spaced points would have XChart crowd the axis with ticks. */
    private static void addAnchor(XYChart chart, Range range) {
        double x = range.left() + 0.3719 * (range.right() - range.left());
        XYSeries anchor = chart.addSeries("anchor", new double[] {x}, new double[] {Double.NaN});
        anchor.setShowInLegend(false);
        anchor.setMarker(SeriesMarkers.NONE);
    }

    private static void setRange(XYStyler styler, Panel panel, Range range, int height) {
        if (panel.logarithmicAcross()) {
            double left = Math.floor(range.left());
            double right = Math.max(Math.ceil(range.right()), left + 1);
            styler.setXAxisMin(left)
                    .setXAxisMax(right)
                    .setXAxisTickMarkSpacingHint((int) Math.max(TICK_SPACING, SHARE_OF_WIDTH * WIDTH / (right - left)))
                    .setXAxisTickLabelsFormattingFunction(Charts::power);
        } else {
            styler.setXAxisMin(range.left()).setXAxisMax(range.right()).setXAxisDecimalPattern("#,##0");
        }
        if (panel.logarithmic()) {
            // XChart's own logarithmic axis labels every decade, however many there are; ticks within decades are
            // spaced out of sight.
            double bottom = Math.floor(range.low());
            double top = Math.max(Math.ceil(range.high()), bottom + 1);
            styler.setYAxisMin(bottom)
                    .setYAxisMax(top)
                    .setYAxisTickMarkSpacingHint((int) Math.max(TICK_SPACING, SHARE_OF_PLOT * height / (top - bottom)))
                    .setYAxisTickLabelsFormattingFunction(Charts::power);
        } else {
            styler.setYAxisMin(Math.min(0, range.low()))
                    .setYAxisMax(Math.max(range.high(), 0) + 1)
                    .setYAxisDecimalPattern("#,##0");
        }
    }

    private static String power(double exponent) {
        return Math.abs(exponent - Math.rint(exponent)) < 1e-6 ? Numbers.brief(Math.pow(10, Math.rint(exponent))) : "";
    }
}
