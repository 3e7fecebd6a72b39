package lowrank4j.bench.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import lowrank4j.bench.Roofs;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.style.Styler.LegendLayout;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Flops a second over flops a byte: the ceilings as lines, each kernel at each size as a mark (Williams, Waterman, Patterson 2009). */
final class RooflinePicture {
    private static final int WIDTH = 1600;
    private static final int HEIGHT = 1000;
    private static final double LEAST_INTENSITY = 1.0 / 16;
    private static final double MOST_INTENSITY = 256;

    private static final Color INK = new Color(0x1F2933);
    private static final Color LINE = new Color(0x7B8794);

    private RooflinePicture() {}

    static byte[] png(Map<Family, List<Comparison>> comparisons, Ceilings ceilings) {
        XYChart chart = new XYChartBuilder()
                .width(WIDTH)
                .height(HEIGHT)
                .xAxisTitle("flops a byte")
                .yAxisTitle("gigaflops a second")
                .build();
        dress(chart.getStyler());
        for (int k = 0; k < Roofs.ALL.size(); k++) {
            addCeiling(chart, ceilings, Roofs.ALL.get(k), k);
        }
        comparisons.forEach((family, sizes) -> addKernels(chart, family, sizes));
        return png(chart);
    }

    private static void dress(XYStyler styler) {
        styler.setXAxisLogarithmic(true)
                .setYAxisLogarithmic(true)
                .setXAxisMin(LEAST_INTENSITY)
                .setXAxisMax(MOST_INTENSITY)
                .setYAxisMin(0.1)
                .setYAxisMax(100.0)
                .setLegendPosition(LegendPosition.OutsideE)
                .setLegendLayout(LegendLayout.Vertical)
                .setChartBackgroundColor(Color.WHITE)
                .setPlotBackgroundColor(Color.WHITE)
                .setChartFontColor(INK)
                .setMarkerSize(12);
        styler.setAxisTickLabelsFont(styler.getAxisTickLabelsFont().deriveFont(20f));
        styler.setAxisTitleFont(styler.getAxisTitleFont().deriveFont(22f));
        styler.setLegendFont(styler.getLegendFont().deriveFont(20f));
    }

    private static void addCeiling(XYChart chart, Ceilings ceilings, String level, int k) {
        double bandwidth = ceilings.gigabytes(level);
        double ridge = ceilings.gigaflops() / bandwidth;
        XYSeries line = chart.addSeries(
                Roofs.name(level) + ", " + Math.round(bandwidth) + " GB/s",
                new double[] {LEAST_INTENSITY, ridge, MOST_INTENSITY},
                new double[] {LEAST_INTENSITY * bandwidth, ceilings.gigaflops(), ceilings.gigaflops()});
        line.setMarker(SeriesMarkers.NONE);
        line.setLineColor(LINE);
        float[] dashes = {4f + 8f * k, 6f};
        line.setLineStyle(new BasicStroke(2, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 10, dashes, 0));
    }

    private static void addKernels(XYChart chart, Family family, List<Comparison> sizes) {
        List<Comparison> measured = sizes.stream()
                .filter(size -> Double.isFinite(size.milliseconds(Comparison.OURS)))
                .toList();
        if (measured.isEmpty()) {
            return;
        }
        XYSeries marks = chart.addSeries(
                family.title(),
                measured.stream()
                        .mapToDouble(size -> family.work(size.size()).intensity())
                        .toArray(),
                measured.stream()
                        .mapToDouble(
                                size -> family.work(size.size()).flops() / size.milliseconds(Comparison.OURS) * 1e-6)
                        .toArray());
        marks.setXYSeriesRenderStyle(XYSeriesRenderStyle.Scatter);
        marks.setMarker(SeriesMarkers.CIRCLE);
        marks.setMarkerColor(colour(family));
    }

    /** Colours that stay apart for colour-blind readers (Okabe, Ito 2008). */
    private static Color colour(Family family) {
        return new Color(
                switch (family) {
                    case SENSING -> 0x0072B2;
                    case TOGETHER -> 0x4B3F8C;
                    case SIGNS -> 0xB5A800;
                    case COMPLETION -> 0xD55E00;
                    case TALL -> 0x009E73;
                    case CHOLESKY -> 0xCC79A7;
                    case BATCH -> 0x7A1F4B;
                    case EIGEN -> 0xE69F00;
                    case INVERSE -> 0x7F7F7F;
                    case SVD -> 0x000000;
                    case QR -> 0x8C6D31;
                    case GEMM -> 0x56B4E9;
                });
    }

    private static byte[] png(XYChart chart) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        // No cache on disk: a temporary folder may be missing.
        try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
            if (!ImageIO.write(BitmapEncoder.getBufferedImage(chart), "png", out)) {
                throw new IOException("this Java has no writer for PNG pictures");
            }
        } catch (IOException e) {
            throw new UncheckedIOException("encoding the roofline picture failed: " + e.getMessage(), e);
        }
        return bytes.toByteArray();
    }
}
