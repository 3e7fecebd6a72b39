package lowrank4j.bench;

import java.util.List;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What a run of solvers found on one problem, over all rounds, as it is written down. */
final class SolverTimes {
    private static final String LIBRARY = "LIBRARY";
    private static final String LIBRARY_OF_TWO = "LIBRARY 2";
    private static final String NUMPY = "NUMPY";

    /** The library on one thread, the library on two, and NumPy, as answers are handed in. */
    private static final List<String> CONTENDERS = List.of(LIBRARY, LIBRARY_OF_TWO, NUMPY);

    private static final int BYTES_OF_ENTRY = Double.BYTES + Integer.BYTES;

    private final SolverProblem problem;
    private final ObjectNode found = JsonMapper.shared().createObjectNode();

    SolverTimes(SolverProblem problem) {
        this.problem = problem;
        boolean entries = problem.kind() == SolverProblem.Kind.COMPLETION;
        found.put("kind", problem.kind().name());
        found.put("problem", problem.title());
        found.put("size", problem.size());
        found.withObjectProperty("measurementBytes")
                .put(LIBRARY, problem.count() * (entries ? BYTES_OF_ENTRY : (long) Double.BYTES * problem.width()));
    }

    /** Notes what NumPy says of itself. */
    void greet(JsonNode theirs) {
        found.set("numpy", theirs.path("ready"));
        found.set("way", theirs.path("way"));
        found.withObjectProperty("measurementBytes").set(NUMPY, theirs.path("measurementBytes"));
    }

    /** Adds the iterations of one method in one round, but for the first, which finds what is kept, and the last, which only looks. */
    void addIterations(SolverProblem.Run run, JsonNode library, JsonNode two, JsonNode numpy) {
        ObjectNode method = method(run);
        List<JsonNode> answers = List.of(library, two, numpy);
        for (int k = 0; k < CONTENDERS.size(); k++) {
            JsonNode times = answers.get(k).path("milliseconds");
            ArrayNode all = method.withObjectProperty("iteration").withArrayProperty(CONTENDERS.get(k));
            for (int i = 1; i < times.size() - 1; i++) {
                all.add(rounded(times.get(i).asDouble()));
            }
        }
        method.withArrayProperty("allocatedBytes").add(library.path("allocatedBytes"));
        method.withArrayProperty("kernelShare")
                .add(rounded(library.path("kernelShare").asDouble()));
        notePeaks(library, numpy);
        System.out.println(problem.title() + ", " + run.name() + ", milliseconds: library " + sum(library) + ", NumPy "
                + sum(numpy) + " for " + library.path("iterations") + " iterations, error " + library.path("error"));
    }

    /** Notes a whole solve. */
    void addSolve(SolverProblem.Run run, JsonNode library, JsonNode numpy) {
        ObjectNode solve = method(run).withObjectProperty("solve");
        for (String fact : List.of("iterations", "residual", "error")) {
            solve.set(fact, library.path(fact));
        }
        solve.withArrayProperty(LIBRARY).add(sum(library));
        solve.withArrayProperty(NUMPY).add(sum(numpy));
    }

    /** Adds one way to the tolerance, the first time in a process and the last. */
    void addToldNothing(JsonNode first, JsonNode last, JsonNode two, JsonNode numpy) {
        ObjectNode all = found.withObjectProperty("toldNothing");
        for (String fact : List.of("method", "rank", "iterations", "error")) {
            all.set(fact, last.path(fact));
        }
        all.set("numpyIterations", numpy.path("iterations"));
        all.set("numpyError", numpy.path("error"));
        all.withArrayProperty("first").add(sum(first));
        List<JsonNode> answers = List.of(last, two, numpy);
        for (int k = 0; k < CONTENDERS.size(); k++) {
            all.withArrayProperty(CONTENDERS.get(k)).add(sum(answers.get(k)));
        }
        notePeaks(two, numpy);
        System.out.println(problem.title() + ", told nothing, milliseconds: library " + sum(first) + ", the last time "
                + sum(last) + ", NumPy told the rank " + sum(numpy));
    }

    ObjectNode found() {
        return found;
    }

    /** A peak only grows, so the last one of a process is that of all its tasks. */
    private void notePeaks(JsonNode library, JsonNode numpy) {
        ObjectNode peaks = found.withObjectProperty("peakBytes");
        peaks.set(LIBRARY, library.path("peakBytes"));
        peaks.set(NUMPY, numpy.path("peakBytes"));
    }

    private ObjectNode method(SolverProblem.Run run) {
        ObjectNode method = found.withObjectProperty("methods").withObjectProperty(run.name());
        method.put("rank", run.rank());
        return method;
    }

    private static double sum(JsonNode answer) {
        return rounded(StreamSupport.stream(answer.path("milliseconds").spliterator(), false)
                .mapToDouble(JsonNode::asDouble)
                .sum());
    }

    /** To a tenth of a microsecond: no clock has more. */
    private static double rounded(double milliseconds) {
        return Math.round(milliseconds * 1e4) / 1e4;
    }
}
