package lowrank4j.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Whole recoveries by the library and by NumPy: the same data, starts, steps and iterations, by turns, in several processes of each. What
 * an iteration takes, a whole solve, and the way to a residual of 1e-8, where the library is told nothing and NumPy the rank.
 */
public final class Solvers {
    private static final String BRIEF = "trial-";

    /** Relative residual at which a whole solve ends, or after so many iterations. */
    private static final double TOLERANCE = 1e-8;

    private static final int LONGEST = 250;

    /** Recoveries of the library that is told nothing, one after the other: by then the compiler has seen all of it. */
    private static final int RECOVERIES = 6;

    /** What the errors of both sides may differ by, relative: an iteration multiplies the rounding of those before. */
    private static final double AGREEMENT = 1e-3;

    /** Differences of errors below it are rounding. */
    private static final double ROUNDING = 1e-12;

    /** Error from which a residual of 1e-8 was reached by another matrix. */
    private static final double LARGEST_ERROR = 1e-6;

    private final Path folder;
    private final Path script;
    private final String python;
    private final int rounds;
    private final int iterations;
    private final double warmup;

    private Solvers(Path folder, Path script, String python, boolean brief) {
        this.folder = folder;
        this.script = script;
        this.python = python;
        this.rounds = brief ? 1 : 2;
        this.iterations = brief ? 5 : 12;
        this.warmup = brief ? 0.1 : 2;
    }

    /**
     * Runs all problems; nothing is written where Python lacks NumPy or SciPy.
     *
     * @param arguments the file to write, the script of NumPy's side, and "solvers" or "trial-solvers"
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        boolean brief = arguments[2].startsWith(BRIEF);
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("environment", Environment.ofMachine());
        all.put("tolerance", TOLERANCE);
        all.put("agreement", AGREEMENT);
        Optional<String> python = NumPy.python("numpy, scipy");
        if (python.isEmpty()) {
            System.out.println("The solvers are not measured: python3 with numpy and scipy is not installed");
            return;
        }
        Path folder = Files.createTempDirectory("lowrank4j-bench-");
        try {
            Solvers solvers = new Solvers(folder, Path.of(arguments[1]), python.get(), brief);
            List<Object> problems = new ArrayList<>();
            for (SolverProblem problem : brief ? SolverProblem.small() : SolverProblem.ofPapers()) {
                problems.add(solvers.run(problem));
            }
            all.put("problems", problems);
            Environment.write(Path.of(arguments[0]), all);
        } finally {
            WholeProcess.delete(folder);
        }
    }

    private ObjectNode run(SolverProblem problem) throws IOException {
        Path place = Files.createDirectory(folder.resolve(problem.kind().name()));
        double energy = new SolverFiles(place, problem).write();
        SolverTimes times = new SolverTimes(problem);
        for (int round = 0; round < rounds; round++) {
            try (SolverSide ours = new SolverSide("the library", ours(problem, place));
                    SolverSide theirs = new SolverSide("NumPy", theirs(problem, place))) {
                times.greet(theirs.greeting());
                List<SolverProblem.Run> runs = problem.runs();
                for (int k = 0; k < runs.size(); k++) {
                    // Each method is run to its end in one of the rounds; a whole one of all in each would take too
                    // long.
                    boolean whole = k % rounds == round;
                    SolverTask task = task(runs.get(k), energy);
                    measure(runs.get(k), whole ? task : task.ending(iterations), whole, ours, theirs, times);
                }
                toldNothing(problem, energy, ours, theirs, times);
            }
        }
        WholeProcess.delete(place);
        return times.found();
    }

    private static SolverTask task(SolverProblem.Run run, double energy) {
        return new SolverTask(run.name(), run.rank(), run.step(), run.damping(), energy, LONGEST, TOLERANCE, 1);
    }

    private void measure(
            SolverProblem.Run run,
            SolverTask task,
            boolean whole,
            SolverSide ours,
            SolverSide theirs,
            SolverTimes times)
            throws IOException {
        JsonNode library = ours.ask(task);
        JsonNode numpy = theirs.ask(task.ending(library.path("iterations").asInt()));
        requireAgreement(
                run.name(),
                library.path("error").asDouble(),
                numpy.path("error").asDouble());
        JsonNode two = ours.ask(task.ending(iterations).on(2));
        times.addIterations(run, library, two, numpy);
        if (whole) {
            times.addSolve(run, library, numpy);
        }
    }

    private static void requireAgreement(String method, double ours, double theirs) {
        // So written, NaN fails.
        if (!(Math.abs(ours - theirs) <= AGREEMENT * Math.max(ours, theirs) + ROUNDING)) {
            throw new IllegalStateException("with " + method + " the library ends at an error of " + ours
                    + ", and NumPy at one of " + theirs + ": they do not compute the same");
        }
    }

    private void toldNothing(
            SolverProblem problem, double energy, SolverSide ours, SolverSide theirs, SolverTimes times)
            throws IOException {
        SolverTask task =
                new SolverTask(SolverTask.TOLD_NOTHING, problem.trueRank(), 0, 0, energy, 10 * LONGEST, TOLERANCE, 1);
        JsonNode first = ours.ask(task);
        for (int k = 0; k < RECOVERIES - 2; k++) {
            ours.ask(task);
        }
        JsonNode last = ours.ask(task);
        JsonNode two = ours.ask(task.on(2));
        JsonNode numpy = theirs.ask(task.by(SolverTask.TUNED));
        for (JsonNode answer : List.of(first, last, two, numpy)) {
            if (!(answer.path("error").asDouble() <= LARGEST_ERROR)) {
                throw new IllegalStateException(problem.title() + " ends at an error of " + answer.path("error"));
            }
        }
        times.addToldNothing(first, last, two, numpy);
    }

    private ProcessBuilder ours(SolverProblem problem, Path place) {
        return new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC", // these two as the launcher of the command has them
                "-Xms24m",
                "--add-modules=jdk.incubator.vector",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                SolverFork.class.getName(),
                place.toString(),
                json(problem),
                String.valueOf(warmup));
    }

    private ProcessBuilder theirs(SolverProblem problem, Path place) {
        return NumPy.command(python, script.toString(), place.toString(), json(problem));
    }

    private static String json(SolverProblem problem) {
        return JsonMapper.shared().writeValueAsString(problem);
    }
}
