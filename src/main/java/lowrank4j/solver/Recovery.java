package lowrank4j.solver;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.function.BooleanSupplier;
import lowrank4j.error.InvalidArgumentException;
import lowrank4j.matrix.Factors;

/**
 * A running recovery: a method, a start, a step and stopping rules on a problem, one {@link #step} at a time or to the end
 * with {@link #run}.
 *
 * <p>Every step is guarded: where the objective rises, the run goes half-way back to the last good iterate and halves the
 * step, which then grows back. A run that cannot go on so ends as diverged, with the last good iterate, and never with NaN.
 * Cancelling ends it at the next iterate.
 */
public final class Recovery {
    /** Rise of the objective, relative, that a guarded step still accepts: preconditioned steps need not be monotone to the digit. */
    private static final double ALLOWED_RISE = 0.01;

    /**
     * Larger rises that a run accepts, as long as it stays near its least objective. A preconditioned iteration may rise for a few
     * steps on its way down, and going back costs it more; a step that is too long rises again and again.
     */
    private static final int ALLOWED_LEAPS = 6;

    /** Objective, in units of the least so far, up to which a leap may go. */
    private static final double LARGEST_LEAP = 3;

    /** Growth of a shrunken step at each good iterate, up to the first step. */
    private static final double GROWTH = 1.19;

    /** Fraction of the first step below which a guarded run gives up. */
    private static final double LEAST_STEP = 1e-4;

    /**
     * How to run.
     *
     * @param method the iteration
     * @param initialisation the start
     * @param rank columns of the factors, 1 … min(n1, n2); with a search the most that it may reach
     * @param search whether to search for the rank
     * @param step empty for the method's own
     * @param stop when to end
     * @param heldOut measurements that are not fitted, if any
     * @param seed of everything random
     * @param listener told of each iterate
     * @param cancelled asked at each iterate; the run ends once it says true
     */
    public record Plan(
            Method method,
            Initialisation initialisation,
            int rank,
            boolean search,
            OptionalDouble step,
            StoppingRule stop,
            Optional<HeldOut> heldOut,
            long seed,
            IterationListener listener,
            BooleanSupplier cancelled) {
        public Plan {
            if (step.isPresent() && !(step.getAsDouble() > 0 && step.getAsDouble() < Double.POSITIVE_INFINITY)) {
                throw new InvalidArgumentException(
                        "step is " + step.getAsDouble() + ", but must be above 0 and finite");
            }
        }
    }

    private final Problem problem;
    private final Plan plan;
    private final List<IterationEvent> trace = new ArrayList<>();
    private final long start = System.nanoTime();
    private final Iterate iterate;
    private final double norm;
    private Method method;
    private double firstStep;
    private final StoppingRule stop;
    private final Optional<RankSearch> search;
    private Optional<Termination> termination = Optional.empty();
    private Factors best;
    private double bestHeldOut = Double.POSITIVE_INFINITY;
    private double step;
    private double goodObjective = Double.POSITIVE_INFINITY;
    private double leastObjective = Double.POSITIVE_INFINITY;
    private int leaps;
    private int retreats;
    private int iteration;

    /** Prepares the start; nothing is iterated yet. */
    public Recovery(Problem problem, Plan plan) {
        if (plan.rank() < 1 || plan.rank() > problem.maxRank()) {
            throw new InvalidArgumentException(
                    "rank is " + plan.rank() + ", but must be from 1 to min(n1, n2) = " + problem.maxRank());
        }
        plan.method().objection(problem.operator().isSymmetric()).ifPresent(objection -> {
            throw new InvalidArgumentException("method " + plan.method().name() + " does not apply: " + objection);
        });
        this.problem = problem;
        this.plan = plan;
        this.norm = Math.sqrt(problem.squaredNorm());
        Random random = new Random(plan.seed());
        this.search = plan.search() ? Optional.of(new RankSearch(problem, plan.rank(), random)) : Optional.empty();
        this.termination = norm == 0 ? search.flatMap(RankSearch::judgeSignal) : Optional.empty();
        boolean chooses = search.isPresent() && plan.initialisation().asksForRank();
        this.iterate = new Iterate(
                problem,
                chooses
                        ? search.get().start(plan.initialisation())
                        : plan.initialisation().start(problem, plan.rank(), random));
        this.best = iterate.kept().copy();
        this.method = plan.method();
        iterate.penalise(method.penalty(problem));
        this.firstStep = plan.step().orElseGet(() -> plan.method().defaultStep(iterate));
        this.step = firstStep;
        this.stop = plan.method()
                .stop(iterate, firstStep)
                .map(rule -> rule.or(plan.stop()))
                .orElse(plan.stop());
    }

    /** Runs to the end. */
    public Outcome run() {
        while (step()) {}
        return outcome();
    }

    /** Evaluates the present iterate and, unless the run ends there, moves to the next; false once it has ended. */
    public boolean step() {
        if (termination.isPresent()) {
            return false;
        }
        iterate.evaluate(method.first());
        double objective = iterate.objective();
        if (!isGood(objective)) {
            return retreat(objective);
        }
        accept(objective);
        termination = plan.cancelled().getAsBoolean() ? Optional.of(new Termination.Cancelled()) : stop.check(trace);
        if (termination.isPresent() && termination.get().isConverged() && dropHidden()) {
            termination = Optional.empty();
            iteration++;
            return true;
        }
        if (termination.isPresent()) {
            return false;
        }
        if (search.isPresent() && changeRank(search.get())) {
            iteration++;
            return termination.isEmpty();
        }
        method.update(iterate, step, trace.getLast().damping());
        iteration++;
        return true;
    }

    private boolean dropHidden() {
        Optional<Factors> visible = search.flatMap(rankSearch -> rankSearch.visible(iterate));
        visible.ifPresent(this::replace);
        return visible.isPresent();
    }

    private void replace(Factors factors) {
        iterate.replace(factors);
        goodObjective = Double.POSITIVE_INFINITY;
        leastObjective = Double.POSITIVE_INFINITY;
    }

    private void refit(Factors factors) {
        method = new RiemannianGaussNewton();
        firstStep = method.defaultStep(iterate);
        step = firstStep;
        replace(factors);
    }

    private boolean isGood(double objective) {
        if (!Double.isFinite(objective)) {
            return false;
        }
        if (!method.isDescent() || objective <= Math.max((1 + ALLOWED_RISE) * goodObjective, rounding())) {
            return true;
        }
        return objective <= LARGEST_LEAP * leastObjective && leaps++ < ALLOWED_LEAPS;
    }

    /** The objective that rounding alone leaves: below it a rise means nothing. */
    private double rounding() {
        double relative = 1e-14 * norm;
        return relative * relative;
    }

    private void accept(double objective) {
        boolean least = objective < leastObjective;
        goodObjective = objective;
        leastObjective = Math.min(leastObjective, objective);
        iterate.keep();
        if (least && !method.isDescent() && plan.heldOut().isEmpty()) {
            keepBest();
        }
        OptionalDouble heldOut = plan.heldOut().isEmpty()
                ? OptionalDouble.empty()
                : OptionalDouble.of(plan.heldOut().get().error(iterate.factors()));
        if (heldOut.isPresent() && heldOut.getAsDouble() <= bestHeldOut) {
            bestHeldOut = heldOut.getAsDouble();
            keepBest();
        }
        step = Math.min(firstStep, GROWTH * step);
        IterationEvent event = new IterationEvent(
                iteration,
                (System.nanoTime() - start) * 1e-9,
                objective,
                norm == 0 ? 0 : Math.sqrt(iterate.loss()) / norm,
                heldOut,
                method.rank(iterate),
                step,
                iterate.damp(method));
        trace.add(event);
        plan.listener().iterated(event, iterate.factors());
    }

    private void keepBest() {
        if (best.rank() == iterate.rank()) {
            best.copyFrom(iterate.kept());
        } else {
            best = iterate.kept().copy();
        }
    }

    private boolean retreat(double objective) {
        boolean hopeless = step < LEAST_STEP * firstStep || trace.isEmpty();
        if (hopeless && !trace.isEmpty()) {
            Optional<RankSearch.Decision.Refit> rescue =
                    search.flatMap(rankSearch -> rankSearch.rescue(iterate.kept()));
            if (rescue.isPresent()) {
                refit(rescue.get().factors());
                return true;
            }
        }
        if (hopeless || plan.cancelled().getAsBoolean()) {
            termination = Optional.of(
                    hopeless
                            ? new Termination.Diverged(String.format(
                                    Locale.ROOT,
                                    "The objective reached %.3g after iteration %d even with step %.3g.",
                                    objective,
                                    trace.isEmpty() ? 0 : trace.getLast().iteration(),
                                    step))
                            : new Termination.Cancelled());
            return false;
        }
        retreats++;
        if (!iterate.retreat()) {
            step /= 2;
        }
        return true;
    }

    private boolean changeRank(RankSearch rankSearch) {
        RankSearch.Decision decision = rankSearch.look(iterate, trace);
        if (decision instanceof RankSearch.Decision.Replace replacement) {
            replace(replacement.factors());
            return true;
        }
        if (decision instanceof RankSearch.Decision.Refit refit) {
            refit(refit.factors());
            return true;
        }
        if (decision instanceof RankSearch.Decision.Stop stop) {
            termination = Optional.of(stop.termination());
            return true;
        }
        return false;
    }

    /** Whether the fit explains more than noise would let it. */
    private boolean isEvident() {
        long freedom = problem.freedom(iterate.rank());
        return freedom > 0
                && problem.isEvident(
                        problem.explanation(norm * norm - iterate.loss(), freedom, iterate.loss(), freedom), freedom);
    }

    /** The problem that is solved. */
    public Problem problem() {
        return problem;
    }

    /** What has been reached so far. */
    public Outcome outcome() {
        Termination end = termination.orElseGet(Termination.Cancelled::new);
        boolean chosen = bestHeldOut < Double.POSITIVE_INFINITY || !method.isDescent();
        Factors factors = chosen ? best : iterate.kept();
        if (search.isPresent() && end.isConverged() && !isEvident()) {
            Optional<Termination> doubt = search.get().judgeSignal();
            if (doubt.isPresent()) {
                end = doubt.get();
                factors = new FactorSpectrum(factors, problem.engine().kernels()).leading(0);
            }
        }
        if (search.isPresent()) {
            end = search.get().explained(end);
        }
        return new Outcome(factors.copy(), end, List.copyOf(trace), step, retreats);
    }

    /**
     * The end of a run.
     *
     * @param factors the last good ones; those of the least held-out error where measurements were held out
     * @param termination how it ended
     * @param trace one event an iterate
     * @param step in use at the end
     * @param retreats how often the step was halved because the objective rose
     */
    public record Outcome(
            Factors factors, Termination termination, List<IterationEvent> trace, double step, int retreats) {}
}
