package lowrank4j.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import lowrank4j.CompletionModel;
import lowrank4j.ErrorBars;
import lowrank4j.HoldOut;
import lowrank4j.MatrixCompletion;
import lowrank4j.RecoveryOptions;
import lowrank4j.cli.report.Panel;
import lowrank4j.cli.report.Panel.Line;
import lowrank4j.cli.report.Panel.Style;
import lowrank4j.cli.report.RunReport.Section;
import lowrank4j.kernel.Engine;
import lowrank4j.kernel.Tiers;
import lowrank4j.matrix.SparsePattern;

/** What the page of a completion shows beside the page of any recovery: where it errs, and how surely it predicts. */
final class CompletionPanels {
    /** Entries whose predictions are drawn. */
    private static final int SAMPLE = 40;

    /** Entries above which standard errors would take longer than a reader waits. */
    private static final int MOST_ENTRIES = 2_000_000;

    private final CompletionModel model;
    private final MatrixCompletion fitted;
    private final Optional<MatrixCompletion> heldOut;
    private final RecoveryOptions options;

    private CompletionPanels(
            CompletionModel model,
            MatrixCompletion fitted,
            Optional<MatrixCompletion> heldOut,
            RecoveryOptions options) {
        this.model = model;
        this.fitted = fitted;
        this.heldOut = heldOut;
        this.options = options;
    }

    /** The sections; {@code all}, options and {@code by} as they were for the fit. */
    static List<Section> of(MatrixCompletion all, CompletionModel model, RecoveryOptions options, HoldOut by) {
        Optional<MatrixCompletion.Split> split = options.holdOut() == 0
                ? Optional.empty()
                : Optional.of(all.split(by, options.holdOut(), options.seed()));
        CompletionPanels panels = new CompletionPanels(
                model,
                split.map(MatrixCompletion.Split::fitted).orElse(all),
                split.map(MatrixCompletion.Split::heldOut),
                options);
        List<Section> sections = new ArrayList<>();
        sections.add(panels.activity());
        boolean ridged = model.ridge() > 0 || model.factors().rank() == 0;
        if (ridged && all.pattern().count() <= MOST_ENTRIES) {
            sections.add(panels.sample());
        }
        return sections;
    }

    /** The error by how many entries of a row were fitted, in bins of powers of two. */
    private Section activity() {
        List<Line> lines = new ArrayList<>();
        lines.add(errors("on entries that are fitted", Style.SOLID, fitted));
        heldOut.ifPresent(part -> lines.add(errors("on those held out", Style.DASHED, part)));
        return new Section(
                "Error by row activity",
                new Panel("entries of a row that are fitted", "root mean square error", true, true, lines),
                "Root mean square of the error, "
                        + (fitted.isWeighted() ? "weighted as the entries are, " : "")
                        + "over rows with about so many fitted entries.",
                "Rows are taken together by powers of two; rows without a fitted entry are shown at a half."
                        + " Held-out errors that fall with activity show what more entries of a row would gain.");
    }

    private Line errors(String name, Style style, MatrixCompletion part) {
        double[] sum = new double[33];
        double[] count = new double[33];
        double[] values = part.values();
        double[] weights = part.weights();
        SparsePattern pattern = part.pattern();
        for (int i = 0; i < pattern.rows(); i++) {
            int bin = 32 - Integer.numberOfLeadingZeros(fitted.pattern().count(i));
            for (int e = pattern.rowStart()[i]; e < pattern.rowStart()[i + 1]; e++) {
                double gap = values[e] - model.predict(i, pattern.columnIndex()[e]);
                sum[bin] += weights[e] * gap * gap;
                count[bin] += weights[e];
            }
        }
        int[] bins = IntStream.range(0, 33).filter(bin -> count[bin] > 0).toArray();
        return new Line(
                name,
                style,
                Arrays.stream(bins).mapToDouble(bin -> Math.pow(2, bin - 1)).toArray(),
                Arrays.stream(bins)
                        .mapToDouble(bin -> Math.sqrt(sum[bin] / count[bin]))
                        .toArray());
    }

    /** Some entries, held out if any are, with their predictions and two standard errors on either side. */
    private Section sample() {
        MatrixCompletion from = heldOut.orElse(fitted);
        SparsePattern pattern = from.pattern();
        int[] rowOf = new int[pattern.columnIndex().length];
        for (int i = 0; i < pattern.rows(); i++) {
            Arrays.fill(rowOf, pattern.rowStart()[i], pattern.rowStart()[i + 1], i);
        }
        int[] chosen = new Random(options.seed())
                .ints(0, rowOf.length)
                .distinct()
                .limit(Math.min(SAMPLE, rowOf.length))
                .boxed()
                .sorted(Comparator.comparingDouble(e -> model.predict(rowOf[e], pattern.columnIndex()[e])))
                .mapToInt(Integer::intValue)
                .toArray();
        int[] row = Arrays.stream(chosen).map(e -> rowOf[e]).toArray();
        int[] column = Arrays.stream(chosen).map(e -> pattern.columnIndex()[e]).toArray();
        double[] values = from.values();
        double[] number =
                IntStream.rangeClosed(1, chosen.length).asDoubleStream().toArray();
        double[] predicted = IntStream.range(0, chosen.length)
                .mapToDouble(k -> model.predict(row[k], column[k]))
                .toArray();
        double[] bars;
        double noise;
        try (Engine engine =
                Engine.open(options.tier().map(Tiers::select).orElseGet(Tiers::select), options.threads())) {
            ErrorBars of = new ErrorBars(fitted, model, engine);
            noise = of.noise();
            double[] weights = from.weights();
            double[] weight = Arrays.stream(chosen).mapToDouble(e -> weights[e]).toArray();
            bars = of.at(row, column, weight, engine);
        }
        List<Line> lines = List.of(
                new Line("predicted", Style.SOLID, number, predicted),
                new Line(
                        heldOut.isPresent() ? "held out" : "fitted",
                        Style.MARKS,
                        number,
                        Arrays.stream(chosen).mapToDouble(e -> values[e]).toArray()),
                new Line("two standard errors above", Style.DASHED, number, shifted(predicted, bars, 2)),
                new Line("two below", Style.DASHED, number, shifted(predicted, bars, -2)));
        return new Section(
                "Predictions with their standard errors",
                new Panel("entries at random, by their prediction", "value", false, lines),
                chosen.length + " entries with their predictions and two standard errors on either side.",
                String.format(
                        Locale.ROOT,
                        "The standard error is that of a new entry about its prediction; the noise of one entry%s is put at %.3g."
                                + " About 19 of 20 held-out entries lie between the broken lines where the model holds;"
                                + " fitted ones lie closer.",
                        fitted.isWeighted() ? " of mean weight" : "",
                        noise));
    }

    private static double[] shifted(double[] predicted, double[] bars, double times) {
        return IntStream.range(0, bars.length)
                .mapToDouble(k -> predicted[k] + times * bars[k])
                .toArray();
    }
}
