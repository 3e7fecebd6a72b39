package lowrank4j.bench;

import com.sun.management.ThreadMXBean;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.foreign.Arena;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import lowrank4j.MatrixCompletion;
import lowrank4j.MatrixSensing;
import lowrank4j.RecoveryOptions;
import lowrank4j.RecoveryResult;
import lowrank4j.kernel.Engine;
import lowrank4j.kernel.Tiers;
import lowrank4j.matrix.DenseRows;
import lowrank4j.matrix.Factors;
import lowrank4j.matrix.Matrix;
import lowrank4j.matrix.SparsePattern;
import lowrank4j.sensing.MeasurementOperator;
import lowrank4j.sensing.ObservedEntries;
import lowrank4j.solver.AlternatingPreconditionedGradientDescent;
import lowrank4j.solver.DampedScaledGradientDescent;
import lowrank4j.solver.GradientDescent;
import lowrank4j.solver.Initialisation;
import lowrank4j.solver.IterationListener;
import lowrank4j.solver.Method;
import lowrank4j.solver.PreconditionedGradientDescent;
import lowrank4j.solver.Problem;
import lowrank4j.solver.Recovery;
import lowrank4j.solver.ScaledGradientDescent;
import lowrank4j.solver.StoppingRule;
import tools.jackson.databind.json.JsonMapper;

/** The library's side of a run of solvers: a JVM that holds one problem, and answers each task with its times in a line of JSON. */
final class SolverFork {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /** Measurement matrices of the small twin on which everything is compiled before it is measured. */
    private static final int WARMING_ROWS = 128;

    private static final int WARMING_ITERATIONS = 50;

    private final SolverProblem problem;
    private final SolverFiles files;
    private final double warmup;
    private final double[] observed;
    private final Factors truth;
    private final Optional<DenseRows> rows;
    private final Optional<SparsePattern> entries;

    private SolverFork(SolverProblem problem, Path folder, double warmup) throws IOException {
        this.problem = problem;
        this.files = new SolverFiles(folder, problem);
        this.warmup = warmup;
        this.observed = files.observed();
        this.truth = files.factors("truth");
        boolean dense = problem.kind() != SolverProblem.Kind.COMPLETION;
        this.rows = dense ? Optional.of(files.rows(Arena.global())) : Optional.empty();
        this.entries = dense ? Optional.empty() : Optional.of(files.entries());
    }

    /**
     * Answers until the input ends.
     *
     * @param arguments the folder, the problem in JSON, and the seconds for which each task is warmed up
     */
    public static void main(String[] arguments) throws IOException {
        JsonMapper json = JsonMapper.shared();
        SolverFork fork = new SolverFork(
                json.readValue(arguments[1], SolverProblem.class),
                Path.of(arguments[0]),
                Double.parseDouble(arguments[2]));
        System.out.println(
                json.writeValueAsString(Map.of("ready", Tiers.select().report().sentence())));
        BufferedReader tasks = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = tasks.readLine(); line != null; line = tasks.readLine()) {
            SolverTask task = json.readValue(line, SolverTask.class);
            System.gc(); // the most memory is then that of a task, not of the garbage of many
            Map<String, Object> answer =
                    task.method().equals(SolverTask.TOLD_NOTHING) ? fork.toldNothing(task) : fork.solve(task);
            answer.put("peakBytes", peakBytes());
            System.out.println(json.writeValueAsString(answer));
        }
    }

    private Map<String, Object> solve(SolverTask task) {
        try (Engine engine = Engine.open(Tiers.select(), task.threads())) {
            warm(task, engine);
            Recovery recovery = recovery(task, new Problem(operator(engine), observed, engine));
            double before = kernelSeconds(engine);
            int most = 2 * task.iterations() + 2; // a step back is a step too
            long[] nanos = new long[most];
            long[] bytes = new long[most];
            int steps = 0;
            long wall = System.nanoTime();
            for (boolean goesOn = true; goesOn && steps < most; steps++) {
                long allocated = THREADS.getCurrentThreadAllocatedBytes();
                long start = now(task.threads());
                goesOn = recovery.step();
                nanos[steps] = now(task.threads()) - start;
                bytes[steps] = THREADS.getCurrentThreadAllocatedBytes() - allocated;
            }
            double seconds = (System.nanoTime() - wall) * 1e-9;
            Recovery.Outcome outcome = recovery.outcome();
            if (outcome.retreats() > 0) {
                throw new IllegalStateException(task.method() + " went back " + outcome.retreats()
                        + " times: its iterations are then not those of the other side");
            }
            Map<String, Object> answer = answer(outcome.factors());
            answer.put("iterations", steps - 1);
            answer.put("residual", outcome.trace().getLast().relativeResidual());
            answer.put("milliseconds", milliseconds(nanos, steps));
            // The last step of a run evaluates and ends; the first iterations find what they keep.
            answer.put("allocatedBytes", median(Arrays.copyOfRange(bytes, Math.min(2, steps - 1), steps - 1)));
            answer.put("kernelShare", (kernelSeconds(engine) - before) / seconds);
            return answer;
        }
    }

    private Map<String, Object> toldNothing(SolverTask task) {
        RecoveryOptions options =
                RecoveryOptions.defaults().withTolerance(task.tolerance()).withThreads(task.threads());
        long start = now(task.threads());
        RecoveryResult result = found(options);
        long nanos = now(task.threads()) - start;
        Map<String, Object> answer = answer(result.factors());
        answer.put("iterations", result.trace().getLast().iteration());
        answer.put("residual", result.relativeResidual());
        answer.put("milliseconds", milliseconds(new long[] {nanos}, 1));
        answer.put("rank", result.effectiveRank());
        answer.put("method", result.algorithm());
        return answer;
    }

    private RecoveryResult found(RecoveryOptions options) {
        if (entries.isPresent()) {
            return completion(entries.get()).solve(options).recovery();
        }
        DenseRows dense = rows.orElseThrow();
        return (problem.isSymmetric()
                        ? MatrixSensing.symmetric(dense, problem.n(), observed)
                        : MatrixSensing.rectangular(dense, problem.n(), problem.n(), observed))
                .solve(options);
    }

    private MatrixCompletion completion(SparsePattern pattern) {
        int[] row = new int[observed.length];
        for (int i = 0; i < pattern.rows(); i++) {
            Arrays.fill(row, pattern.rowStart()[i], pattern.rowStart()[i + 1], i);
        }
        return MatrixCompletion.of(pattern.rows(), pattern.columns(), row, pattern.columnIndex(), observed);
    }

    private Map<String, Object> answer(Factors found) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("error", error(found));
        answer.put("rank", found.rank());
        return answer;
    }

    /** ‖X̂ - X‖ over ‖X‖. */
    private double error(Factors found) {
        Matrix gap = found.toMatrix();
        double norm = 0;
        double sum = 0;
        for (int i = 0; i < gap.rows(); i++) {
            for (int j = 0; j < gap.columns(); j++) {
                double entry = truth.entry(i, j);
                norm += entry * entry;
                sum += Math.pow(gap.get(i, j) - entry, 2);
            }
        }
        return Math.sqrt(sum / norm);
    }

    private MeasurementOperator operator(Engine engine) {
        return rows.isPresent()
                ? files.operator(rows.get(), engine)
                : new ObservedEntries(entries.orElseThrow(), engine);
    }

    /** Runs the method again and again where an iteration takes little, until the compiler has had time for it. */
    private void warm(SolverTask task, Engine engine) {
        Problem problem;
        if (rows.isPresent()) {
            DenseRows all = rows.get();
            int count = Math.min(all.count(), WARMING_ROWS);
            DenseRows few = DenseRows.wrap(
                    all.segment().asSlice(0, all.byteOffset(count)), count, all.width(), all.precision());
            problem = new Problem(files.operator(few, engine), Arrays.copyOf(observed, count), engine);
        } else {
            problem = new Problem(operator(engine), observed, engine);
        }
        long start = System.nanoTime();
        while ((System.nanoTime() - start) * 1e-9 < warmup) {
            recovery(task.ending(WARMING_ITERATIONS), problem).run();
        }
    }

    private Recovery recovery(SolverTask task, Problem problem) {
        return new Recovery(
                problem,
                new Recovery.Plan(
                        method(task),
                        Initialisation.warm(files.factors(task.method())),
                        task.rank(),
                        false,
                        OptionalDouble.of(task.step()),
                        StoppingRule.residual(task.tolerance()).or(StoppingRule.iterations(task.iterations())),
                        Optional.empty(),
                        1,
                        IterationListener.none(),
                        () -> false));
    }

    private static Method method(SolverTask task) {
        return switch (task.method()) {
            case "gradient-descent" -> new GradientDescent();
            case "scaled-gd" -> new ScaledGradientDescent();
            case "scaled-gd-lambda" -> new DampedScaledGradientDescent(OptionalDouble.of(task.damping()));
            case "precgd" -> new PreconditionedGradientDescent();
            case "apgd" -> new AlternatingPreconditionedGradientDescent();
            default -> throw new IllegalArgumentException("no method is called " + task.method());
        };
    }

    /** Processor time, which leaves out waits for other programs; of several threads only the clock on the wall is known. */
    private static long now(int threads) {
        return threads == 1 ? THREADS.getCurrentThreadCpuTime() : System.nanoTime();
    }

    private static double kernelSeconds(Engine engine) {
        return engine.clock().seconds().values().stream()
                .mapToDouble(Double::doubleValue)
                .sum();
    }

    private static double[] milliseconds(long[] nanos, int count) {
        return Arrays.stream(nanos)
                .limit(count)
                .mapToDouble(time -> time * 1e-6)
                .toArray();
    }

    /** The most memory that this process has had, as Linux counts it, or nothing. */
    private static double peakBytes() throws IOException {
        Path status = Path.of("/proc/self/status");
        if (!Files.isReadable(status)) {
            return Double.NaN;
        }
        try (Stream<String> lines = Files.lines(status)) {
            return lines.filter(line -> line.startsWith("VmHWM:"))
                    .mapToDouble(line -> 1024 * Double.parseDouble(line.replaceAll("\\D", "")))
                    .findFirst()
                    .orElse(Double.NaN);
        }
    }

    private static double median(long[] values) {
        long[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted.length == 0 ? Double.NaN : sorted[sorted.length / 2];
    }
}
