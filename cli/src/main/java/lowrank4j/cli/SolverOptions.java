package lowrank4j.cli;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import lowrank4j.Algorithm;
import lowrank4j.RecoveryOptions;
import lowrank4j.error.BadDataException;
import picocli.CommandLine.Option;

/** How a recovery iterates: what `sense` and `complete` have in common. */
final class SolverOptions {
    private static final RecoveryOptions DEFAULTS = RecoveryOptions.defaults();

    @Option(
            names = "--rank",
            paramLabel = "R|auto",
            converter = Converters.Rank.class,
            description = "the rank, or the largest one allowed where the algorithm searches (default: auto, found)")
    private OptionalInt rank = OptionalInt.empty();

    @Option(
            names = "--algorithm",
            paramLabel = "NAME",
            converter = Converters.AlgorithmName.class,
            description = "one of ${COMPLETION-CANDIDATES} (default: recommended); what does not suit the problem is"
                    + " refused with the reason")
    private Algorithm algorithm = Algorithm.RECOMMENDED;

    @Option(
            names = "--init",
            paramLabel = "START",
            converter = Converters.StartName.class,
            description =
                    "spectral, small-random, gaussian, nystrom, unbalanced, imbalanced, ward-kolda, ye-du, or warm with"
                            + " --warm-start (default: the algorithm's own)")
    private Optional<Start> init = Optional.empty();

    @Option(
            names = "--init-scale",
            paramLabel = "auto|X",
            converter = Converters.Step.class,
            description = "with --init gaussian: entries N(0, X^2/n), whatever the data (default: the data's scale);"
                    + " small-random, nystrom, unbalanced, imbalanced: in units of the data's scale (default: 1e-6, 4, 50,"
                    + " 0.01)")
    private OptionalDouble initScale = OptionalDouble.empty();

    @Option(
            names = "--step",
            paramLabel = "auto|X",
            converter = Converters.Step.class,
            description =
                    "the step, in units of the automatic scaling; halved while the objective would rise (default: auto)")
    private OptionalDouble step = OptionalDouble.empty();

    @Option(
            names = "--damping",
            paramLabel = "auto|X",
            converter = Converters.Damping.class,
            description =
                    "damping of scaled-gd-lambda and its accelerated form, that at the start of noisy-precgd, or the multiplier of the objective's"
                            + " root in precgd (default: auto, from the residual)")
    private OptionalDouble damping = OptionalDouble.empty();

    @Option(
            names = "--penalty",
            paramLabel = "auto|X",
            converter = Converters.Step.class,
            description =
                    "weight of the penalty of group-lasso, flat-minimum-gd and nuclear-norm (default: auto, from the data's"
                            + " scale, or for nuclear-norm from the residual)")
    private OptionalDouble penalty = OptionalDouble.empty();

    @Option(
            names = "--max-iterations",
            paramLabel = "N",
            converter = Converters.Count.class,
            description = "iterations at most (default: 2000)")
    private Optional<Integer> maxIterations = Optional.empty();

    @Option(
            names = "--tolerance",
            paramLabel = "X",
            converter = Converters.Tolerance.class,
            description = "relative residual at which the run has converged; of nuclear-norm the relative fall of the"
                    + " objective in two iterations (default: 1e-10)")
    private OptionalDouble tolerance = OptionalDouble.empty();

    @Option(
            names = "--time-limit",
            paramLabel = "TIME",
            converter = Converters.Seconds.class,
            description = "seconds, or a time such as 30s, 5m, 1h")
    private Optional<Duration> timeLimit = Optional.empty();

    @Option(
            names = "--hold-out",
            paramLabel = "FRACTION",
            converter = Converters.Fraction.class,
            description = "part of the data that is not fitted but used to watch the error (default: 0)")
    private double holdOut;

    @Option(names = "--seed", paramLabel = "N", description = "seed of everything random (default: 0)")
    private Optional<Long> seed = Optional.empty();

    OptionalInt rank() {
        return rank;
    }

    Algorithm algorithm() {
        return algorithm;
    }

    Optional<Start> init() {
        return init;
    }

    double holdOut() {
        return holdOut;
    }

    OptionalLong seed() {
        return seed.map(OptionalLong::of).orElseGet(OptionalLong::empty);
    }

    int maxIterationsInUse() {
        return maxIterations.orElse(DEFAULTS.maxIterations());
    }

    double toleranceInUse() {
        return tolerance.orElse(DEFAULTS.tolerance());
    }

    Optional<Duration> timeLimit() {
        return timeLimit;
    }

    /** What was asked for, as labels and values. */
    Map<String, String> facts() {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("Rank asked for", rank.isPresent() ? String.valueOf(rank.getAsInt()) : "auto");
        facts.put("Algorithm asked for", algorithm.toString());
        init.ifPresent(start -> facts.put("Start asked for", start.toString()));
        initScale.ifPresent(value -> facts.put("Scale of the start", String.valueOf(value)));
        step.ifPresent(value -> facts.put("Step asked for", String.valueOf(value)));
        damping.ifPresent(value -> facts.put("Damping asked for", String.valueOf(value)));
        penalty.ifPresent(value -> facts.put("Penalty asked for", String.valueOf(value)));
        facts.put("Iterations allowed", String.valueOf(maxIterationsInUse()));
        facts.put("Tolerance", String.valueOf(toleranceInUse()));
        facts.put("Held out", String.valueOf(holdOut));
        return facts;
    }

    /** Refuses what the algorithm would not look at. */
    void check() {
        if (damping.isPresent() && !algorithm.isDamped()) {
            throw new UsageException(
                    "--damping is for --algorithm scaled-gd-lambda, anderson-scaled-gd-lambda, precgd and noisy-precgd; "
                            + algorithm + " has none");
        }
        if (penalty.isPresent() && !algorithm.isPenalised()) {
            throw new UsageException("--penalty is for --algorithm group-lasso, flat-minimum-gd and nuclear-norm; "
                    + algorithm + " has none");
        }
        if (step.isPresent() && !algorithm.takesStep()) {
            throw new UsageException(
                    "--step does not apply to --algorithm " + algorithm + ": its steps have no size to choose");
        }
        boolean scaled = init.isPresent() && init.get().hasScale();
        if (initScale.isPresent() && !scaled) {
            throw new UsageException(
                    "--init-scale is for --init gaussian, small-random, nystrom, unbalanced and imbalanced"
                            + init.map(start -> "; " + start + " has none").orElse(""));
        }
        if (algorithm.needsRank() && rank.isEmpty()) {
            throw new UsageException(
                    "--algorithm " + algorithm + " needs --rank R: it would fit anything at too high a rank");
        }
    }

    /** Refuses what is for entries alone. */
    void checkSensing() {
        if (algorithm == Algorithm.NUCLEAR_NORM) {
            throw new UsageException("--algorithm nuclear-norm does not apply to sense: it is for entries");
        }
    }

    /** Refuses what the completions by sweeps would not look at. */
    void checkSweeps() {
        if (algorithm == Algorithm.NUCLEAR_NORM && init.isPresent()) {
            throw new UsageException("--init does not apply to --algorithm nuclear-norm: it starts from zero");
        }
        if (algorithm == Algorithm.ALS) {
            List<String> unused = ofGradientMethods();
            if (!unused.isEmpty()) {
                throw new UsageException(unused.getFirst()
                        + " does not apply to --algorithm als: its sweeps have no step and no start to choose, and"
                        + " held-out entries say when they end");
            }
        }
    }

    /** Refuses an algorithm that does not apply to an unknown that is symmetric, or is not. */
    void checkSymmetry(boolean symmetric) {
        algorithm.objection(symmetric).ifPresent(objection -> {
            throw new UsageException("--algorithm " + algorithm + " does not apply "
                    + (symmetric ? "with --psd: " : "without --psd: ") + objection);
        });
    }

    /** Names of the options given that only the gradient methods look at. */
    List<String> ofGradientMethods() {
        List<String> given = new ArrayList<>();
        init.ifPresent(value -> given.add("--init"));
        initScale.ifPresent(value -> given.add("--init-scale"));
        step.ifPresent(value -> given.add("--step"));
        damping.ifPresent(value -> given.add("--damping"));
        maxIterations.ifPresent(value -> given.add("--max-iterations"));
        tolerance.ifPresent(value -> given.add("--tolerance"));
        return given;
    }

    /** Refuses a rank that a matrix of this shape cannot have. */
    void checkRank(Shape shape) {
        if (rank.isPresent() && (rank.getAsInt() < 1 || rank.getAsInt() > shape.maxRank())) {
            throw new BadDataException("--rank is " + rank.getAsInt() + ", but must be from 1 to min(n1, n2) = "
                    + shape.maxRank() + ", for the matrix is " + shape);
        }
    }

    /** The options of the library; listener, cancellation and warm start are for the caller to add. */
    RecoveryOptions toRecoveryOptions(int threads) {
        RecoveryOptions options = DEFAULTS.withAlgorithm(algorithm)
                .withMaxIterations(maxIterationsInUse())
                .withTolerance(toleranceInUse())
                .withHoldOut(holdOut)
                .withSeed(seed.orElse(DEFAULTS.seed()))
                .withThreads(threads);
        options = rank.isPresent() ? options.withRank(rank.getAsInt()) : options;
        options = step.isPresent() ? options.withStep(step.getAsDouble()) : options;
        options = damping.isPresent() ? options.withDamping(damping.getAsDouble()) : options;
        options = penalty.isPresent() ? options.withPenalty(penalty.getAsDouble()) : options;
        options = timeLimit.isPresent() ? options.withTimeLimit(timeLimit.get()) : options;
        return init.flatMap(start -> start.initialisation(initScale))
                .map(options::withInitialisation)
                .orElse(options);
    }
}
