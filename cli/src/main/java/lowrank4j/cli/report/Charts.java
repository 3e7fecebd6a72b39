package lowrank4j.cli.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
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
        new Color(0x0072B2), new Color(0xD55E00), new Color(0x009E73), new Color(0xCC79A7), new Color(0x56B4E9)
    };

    private static final Color GRID = new Color(0xE4E7EB);
    private static final Color INK = new Color(0x1F2933);
    private static final Color PALE = new Color(0xA9B4C0);
    private static final int LEFT_MARGIN = 62;
    private static final int FEW_POINTS = 40;

    private Charts() {}

    /** The panel as a picture of {@link #WIDTH} by {@code height} points. */
    public static BufferedImage draw(Panel panel, int height) {
        List<Panel.Line> lines = panel.lines().stream()
                .map(line -> line.drawable(panel.logarithmic()))
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
        setRange(chart.getStyler(), panel.logarithmic(), lines);
        for (int k = 0; k < lines.size(); k++) {
            Panel.Line line = lines.get(k);
            dress(chart.addSeries(line.name(), line.x(), line.y()), line, COLOURS[k % COLOURS.length]);
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
                .setLegendBorderColor(Color.WHITE)
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
                .setXAxisTickMarkSpacingHint(70)
                .setYAxisTickMarkSpacingHint(34);
    }

    private static void dress(XYSeries series, Panel.Line line, Color colour) {
        series.setLineColor(colour).setLineWidth(2);
        series.setMarkerColor(colour);
        series.setMarker(line.x().length <= FEW_POINTS ? SeriesMarkers.CIRCLE : SeriesMarkers.NONE);
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

    private static void setRange(XYStyler styler, boolean logarithmic, List<Panel.Line> lines) {
        double left = lines.stream().mapToDouble(line -> line.x()[0]).min().orElseThrow();
        double right = lines.stream()
                .mapToDouble(line -> line.x()[line.x().length - 1])
                .max()
                .orElseThrow();
        double low = lines.stream()
                .flatMapToDouble(line -> Arrays.stream(line.y()))
                .min()
                .orElseThrow();
        double high = lines.stream()
                .flatMapToDouble(line -> Arrays.stream(line.y()))
                .max()
                .orElseThrow();
        Function<Double, String> whole = value -> value == Math.rint(value) ? Numbers.brief(value) : "";
        styler.setXAxisMin(left).setXAxisMax(Math.max(right, left + 1)).setXAxisTickLabelsFormattingFunction(whole);
        if (logarithmic) {
            double bottom = Math.floor(Math.log10(low));
            styler.setYAxisMin(Math.pow(10, bottom))
                    .setYAxisMax(Math.pow(10, Math.max(Math.ceil(Math.log10(high)), bottom + 1)))
                    .setYAxisLogarithmic(true)
                    .setYAxisLogarithmicDecadeOnly(true)
                    .setYAxisTickLabelsFormattingFunction(Numbers::brief);
        } else {
            styler.setYAxisMin(Math.min(0, low))
                    .setYAxisMax(Math.max(high, 0) + 1)
                    .setYAxisTickLabelsFormattingFunction(whole);
        }
    }
}
