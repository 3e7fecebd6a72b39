package lowrank4j;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import lowrank4j.kernel.Engine;
import lowrank4j.matrix.Factors;
import lowrank4j.matrix.Matrix;
import lowrank4j.sensing.HankelSensing;
import lowrank4j.solver.Esprit;
import lowrank4j.solver.Exponential;
import lowrank4j.solver.HankelDescent;
import lowrank4j.solver.IterationEvent;
import lowrank4j.solver.Termination;

/** From samples to exponentials: adds one after the other, and keeps as many as explain more than noise would let them. */
final class SpectralRun {
    /** What ends the descent at a rank on the way: a fall of the objective by less than this share over so many iterations. */
    private static final double COARSE = 0.02;

    private static final int COARSE_WINDOW = 10;

    /** What ends the last descent. */
    private static final double FINE = 1e-3;

    private static final int FINE_WINDOW = 20;

    /**
     * Exponentials that are added without gain before the search ends: several may explain something together alone, as a pair does of
     * a real signal.
     */
    private static final int PATIENCE = 32;

    /** Exponentials whose share of the samples is below so many times the tolerance have fitted what others left of it. */
    private static final double SPURIOUS = 1e3;

    /** Largest rank of a search. */
    private static final int MOST = 128;

    /** Share of the observed numbers that the parameters may take without a warning. */
    private static final double MANY = 2 / 3.0;

    private final double[] real;
    private final double[] imaginary;
    private final boolean complex;
    private final int[] places;
    private final int most;
    private final RecoveryOptions options;
    private final Engine engine;
    private final HankelSensing operator;
    private final Esprit esprit;
    private final double scale;
    private final long start = System.nanoTime();
    private final List<IterationEvent> trace = new ArrayList<>();

    /** @param most exponentials that the samples determine */
    SpectralRun(
            double[] real,
            double[] imaginary,
            boolean complex,
            int[] places,
            int most,
            RecoveryOptions options,
            Engine engine) {
        this.real = real;
        this.imaginary = imaginary;
        this.complex = complex;
        this.places = places;
        this.most = most;
        this.options = options;
        this.engine = engine;
        int n1 = real.length / 2 + 1;
        int n2 = real.length + 1 - n1;
        this.operator = complex ? HankelSensing.complex(n1, n2, engine) : HankelSensing.real(n1, n2, engine);
        this.esprit = new Esprit(operator, engine.kernels());
        this.scale = IntStream.of(places)
                .mapToDouble(t -> Math.max(Math.abs(real[t]), Math.abs(imaginary[t])))
                .max()
                .orElse(0);
    }

    /** A fit of some rank. */
    private record Fit(Factors factors, List<Exponential> exponentials, double misfit) {}

    SpectralResult solve() {
        Fit none = new Fit(new Factors(zeros(operator.rows()), zeros(operator.columns())), List.of(), squaredNorm());
        if (scale == 0) {
            return result(none, new Termination.NoSignal("All samples are zero."));
        }
        boolean[] marks = new boolean[operator.length()];
        double[] observed = new double[operator.length()];
        for (int t : places) {
            mark(t, real[t], marks, observed);
            if (complex) {
                mark(real.length + t, imaginary[t], marks, observed);
            }
        }
        HankelDescent descent = new HankelDescent(operator, marks, observed, options.seed(), engine);
        Fit best = options.rank().isPresent() ? atRank(descent, options.rank().getAsInt()) : searched(descent, none);
        if (best.exponentials().isEmpty()) {
            return result(none, ended(descent, 0));
        }
        if (descent.residual() > options.tolerance()) {
            descent.restore(best.factors());
            descent.descend(options.tolerance(), FINE, FINE_WINDOW, () -> look(descent));
        }
        return result(fit(descent), ended(descent, best.exponentials().size()));
    }

    private static Matrix zeros(int rows) {
        return Matrix.zeros(rows, 0);
    }

    private void mark(int i, double value, boolean[] marks, double[] observed) {
        marks[i] = true;
        observed[i] = value / scale * operator.root(i) / (complex ? 2 : 1);
    }

    private Fit atRank(HankelDescent descent, int rank) {
        for (int k = 1; k <= rank; k++) {
            descent.grow();
            descent.descend(options.tolerance(), COARSE, COARSE_WINDOW, () -> look(descent));
        }
        return fit(descent);
    }

    private Fit searched(HankelDescent descent, Fit none) {
        Fit best = none;
        int limit = Math.clamp((long) (numbers() / (1.25 * parametersOfOne())), 1, Math.min(most, MOST));
        for (int rank = 1; rank <= limit && rank - best.exponentials().size() <= PATIENCE && !isOver(descent); rank++) {
            descent.grow();
            descent.descend(options.tolerance(), COARSE, COARSE_WINDOW, () -> look(descent));
            Fit fit = fit(descent);
            if (descent.residual() <= options.tolerance()) {
                return withoutSpurious(descent, fit);
            }
            if (isEvident(best, fit)) {
                best = fit;
            }
        }
        return best;
    }

    /** A signal without noise may be met by more exponentials than it has; those that it has alone explain it as well. */
    private Fit withoutSpurious(HankelDescent descent, Fit fit) {
        List<Exponential> parts = fit.exponentials().stream()
                .filter(one -> norm(one) > SPURIOUS * options.tolerance() * Math.sqrt(squaredNorm()))
                .map(one ->
                        new Exponential(one.frequency(), one.damping(), one.real() / scale, one.imaginary() / scale))
                .toList();
        if (parts.isEmpty() || parts.size() == fit.exponentials().size()) {
            return fit;
        }
        descent.restart(parts);
        descent.descend(options.tolerance(), FINE, FINE_WINDOW, () -> look(descent));
        if (descent.residual() <= options.tolerance()) {
            return fit(descent);
        }
        descent.restore(fit.factors());
        return fit;
    }

    /** Of an exponential over the observed samples. */
    private double norm(Exponential one) {
        return Math.sqrt(IntStream.of(places)
                        .mapToDouble(t -> Math.pow(one.realAt(t), 2) + Math.pow(one.imaginaryAt(t), 2))
                        .sum())
                / scale;
    }

    private Fit fit(HankelDescent descent) {
        double[] re = IntStream.of(places).mapToDouble(t -> real[t] / scale).toArray();
        double[] im =
                IntStream.of(places).mapToDouble(t -> imaginary[t] / scale).toArray();
        List<Exponential> found = esprit.exponentials(descent.factors().left(), places, re, im).stream()
                .map(one ->
                        new Exponential(one.frequency(), one.damping(), scale * one.real(), scale * one.imaginary()))
                .toList();
        return new Fit(descent.factors(), found, misfit(found));
    }

    private double misfit(List<Exponential> exponentials) {
        double sum = 0;
        for (int t : places) {
            double re = -real[t] / scale;
            double im = -imaginary[t] / scale;
            for (Exponential one : exponentials) {
                re += one.realAt(t) / scale;
                im += one.imaginaryAt(t) / scale;
            }
            sum += re * re + im * im;
        }
        return sum;
    }

    private double squaredNorm() {
        return scale == 0 ? 0 : misfit(List.of());
    }

    /** Observed numbers. */
    private int numbers() {
        return complex ? 2 * places.length : places.length;
    }

    /** An amplitude and a pole, each complex; of a real signal those of a pair are conjugates. */
    private int parametersOfOne() {
        return complex ? 4 : 2;
    }

    /**
     * Whether the exponentials that were added explain more than the best of as many would of noise: at the largest of n ordinates of
     * its periodogram, about ln(n) times the mean, with a little for what lies between, and for damping.
     */
    private boolean isEvident(Fit less, Fit more) {
        int added = more.exponentials().size() - less.exponentials().size();
        int spare = numbers() - parametersOfOne() * more.exponentials().size();
        double explained = (less.misfit() - more.misfit()) / (parametersOfOne() * added);
        double noise = (Math.log(real.length) + 6) / 2 * Math.pow((double) numbers() / spare, 2);
        return explained > noise * more.misfit() / spare;
    }

    /** Notes an iteration, and says whether it was the last. */
    private boolean look(HankelDescent descent) {
        if (descent.iterations() > trace.size()) {
            IterationEvent event = new IterationEvent(
                    descent.iterations(),
                    seconds(),
                    descent.objective(),
                    descent.residual(),
                    OptionalDouble.empty(),
                    descent.factors().rank(),
                    HankelDescent.STEP,
                    0);
            trace.add(event);
            options.listener().iterated(event, descent.factors());
        }
        return isOver(descent);
    }

    private boolean isOver(HankelDescent descent) {
        return descent.iterations() >= options.maxIterations() || options.isOver(start);
    }

    private double seconds() {
        return (System.nanoTime() - start) * 1e-9;
    }

    private Termination ended(HankelDescent descent, int rank) {
        if (rank > 0 && descent.residual() <= options.tolerance()) {
            return new Termination.Converged(
                    "residual-tolerance",
                    String.format(
                            Locale.ROOT,
                            "The relative residual of the Hankel matrix, %.2g, is within the tolerance %.2g.",
                            descent.residual(),
                            options.tolerance()));
        }
        Optional<Termination> ending = options.ending(start);
        if (ending.isPresent()) {
            return ending.get();
        }
        if (descent.iterations() >= options.maxIterations()) {
            return new Termination.IterationLimit(options.maxIterations());
        }
        if (rank == 0) {
            return new Termination.NoSignal("No exponential explains more of the samples than it would of noise.");
        }
        return options.rank().isPresent()
                ? new Termination.Converged(
                        "settled", "The objective has settled with the " + rank + " exponentials that were asked for.")
                : new Termination.Converged(
                        "noise-floor",
                        "The objective has settled: more than " + rank
                                + " exponentials explain no more than noise would let them.");
    }

    private SpectralResult result(Fit fit, Termination termination) {
        int n = real.length;
        double[] re = new double[n];
        double[] im = new double[n];
        for (int t = 0; t < n; t++) {
            for (Exponential one : fit.exponentials()) {
                re[t] += one.realAt(t);
                im[t] += complex ? one.imaginaryAt(t) : 0;
            }
        }
        int parameters = parametersOfOne() * fit.exponentials().size();
        int spare = numbers() - parameters;
        double norm = squaredNorm();
        List<String> warnings = parameters > MANY * numbers()
                ? List.of("The exponentials have " + parameters + " parameters for " + numbers()
                        + " observed numbers: other signals may fit as well.")
                : List.of();
        return new SpectralResult(
                re,
                im,
                fit.exponentials(),
                fit.factors(),
                termination,
                List.copyOf(trace),
                norm == 0 ? 0 : Math.sqrt(fit.misfit() / norm),
                spare > 0 ? OptionalDouble.of(scale * Math.sqrt(fit.misfit() / spare)) : OptionalDouble.empty(),
                options.seed(),
                options.threads(),
                engine.report(),
                warnings);
    }
}
