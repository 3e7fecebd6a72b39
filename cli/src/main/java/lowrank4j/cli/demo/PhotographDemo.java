package lowrank4j.cli.demo;

import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.IntToDoubleFunction;
import lowrank4j.CompletionModel;
import lowrank4j.CompletionResult;
import lowrank4j.MatrixCompletion;
import lowrank4j.RecoveryOptions;
import lowrank4j.cli.report.Numbers;
import lowrank4j.cli.report.Pictures;

/** Restores a photograph from some of its pixels: each colour is a matrix of low rank, nearly, to be completed. */
public final class PhotographDemo {
    private static final int GAP = 12;
    private static final int CAPTION = 76;

    private PhotographDemo() {}

    /**
     * What came of it.
     *
     * @param truth the whole photograph
     * @param damaged the known pixels, the others black
     * @param restored the known pixels, the others predicted
     * @param offsetsOnly the same by offsets for rows and columns alone, a baseline
     * @param colours the three completions
     * @param knownShare share of the pixels that was known
     * @param seconds for the three completions
     */
    public record Outcome(
            Photograph truth,
            Photograph damaged,
            Photograph restored,
            Photograph offsetsOnly,
            List<CompletionResult> colours,
            double knownShare,
            double seconds) {
        /** In decibels. */
        public double damagedPsnr() {
            return Photograph.psnr(damaged, truth);
        }

        /** In decibels. */
        public double restoredPsnr() {
            return Photograph.psnr(restored, truth);
        }

        /** In decibels. */
        public double offsetsPsnr() {
            return Photograph.psnr(offsetsOnly, truth);
        }

        public boolean isConverged() {
            return colours.stream()
                    .allMatch(colour -> colour.recovery().termination().isConverged());
        }
    }

    /**
     * Forgets pixels and restores them, with options that the library is given as they are.
     *
     * @param share of the pixels that stay known, above 0 and below 1
     * @param progress told in a sentence what happens next
     */
    public static Outcome run(Photograph truth, double share, RecoveryOptions options, Consumer<String> progress) {
        boolean[] known = Photograph.known(truth.width() * truth.height(), share, new Random(options.seed()));
        int count = 0;
        for (boolean one : known) {
            count += one ? 1 : 0;
        }
        List<int[]> restored = new ArrayList<>();
        List<int[]> offsets = new ArrayList<>();
        List<CompletionResult> results = new ArrayList<>();
        double seconds = 0;
        for (int c = 0; c < Photograph.COLOURS.size(); c++) {
            progress.accept("Restoring a photograph: " + Photograph.COLOURS.get(c) + " ...");
            int[] channel = truth.channels().get(c);
            long start = System.nanoTime();
            CompletionResult result = completion(truth.width(), truth.height(), channel, known, count)
                    .solve(options);
            seconds += (System.nanoTime() - start) * 1e-9;
            results.add(result);
            CompletionModel model = result.model();
            int width = truth.width();
            restored.add(filled(channel, known, k -> model.predict(k / width, k % width)));
            offsets.add(filled(
                    channel,
                    known,
                    k -> model.mean() + model.rowOffsets()[k / width] + model.columnOffsets()[k % width]));
        }
        return new Outcome(
                truth,
                truth.with(known),
                new Photograph(truth.width(), truth.height(), restored),
                new Photograph(truth.width(), truth.height(), offsets),
                results,
                (double) count / known.length,
                seconds);
    }

    private static MatrixCompletion completion(int width, int height, int[] channel, boolean[] known, int count) {
        int[] row = new int[count];
        int[] column = new int[count];
        double[] value = new double[count];
        int size = 0;
        for (int k = 0; k < channel.length; k++) {
            if (known[k]) {
                row[size] = k / width;
                column[size] = k % width;
                value[size++] = channel[k];
            }
        }
        return MatrixCompletion.of(height, width, row, column, value);
    }

    private static int[] filled(int[] channel, boolean[] known, IntToDoubleFunction prediction) {
        int[] filled = new int[channel.length];
        Arrays.setAll(filled, k -> known[k] ? channel[k] : Photograph.colour(prediction.applyAsDouble(k)));
        return filled;
    }

    /** The damaged, the restored and the true photograph side by side, with what they are and their ratios. */
    public static BufferedImage picture(Outcome outcome) {
        int width = outcome.truth().width();
        int height = outcome.truth().height();
        BufferedImage whole = Pictures.blank(3 * width + 4 * GAP, height + GAP + CAPTION);
        Graphics2D graphics = Pictures.graphics(whole);
        caption(
                graphics,
                outcome.damaged(),
                0,
                Math.round(100 * outcome.knownShare()) + " % of the pixels",
                decibels(outcome.damagedPsnr()));
        caption(
                graphics,
                outcome.restored(),
                1,
                "restored in " + Numbers.seconds(outcome.seconds()),
                decibels(outcome.restoredPsnr()));
        caption(graphics, outcome.truth(), 2, "the photograph", "");
        graphics.dispose();
        return whole;
    }

    private static void caption(Graphics2D graphics, Photograph photograph, int place, String what, String ratio) {
        int left = GAP + place * (photograph.width() + GAP);
        int below = GAP + photograph.height();
        graphics.drawImage(photograph.image(), left, GAP, null);
        Font plain = graphics.getFont();
        graphics.setFont(plain.deriveFont(24f));
        graphics.drawString(what, left, below + 30);
        graphics.setFont(plain.deriveFont(20f));
        graphics.drawString(ratio, left, below + 60);
        graphics.setFont(plain);
    }

    /** A peak signal-to-noise ratio with its unit. */
    public static String decibels(double psnr) {
        return Double.isFinite(psnr) ? String.format(Locale.ROOT, "PSNR %.1f dB", psnr) : "no difference";
    }
}
