package lowrank4j.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/** What a run of solvers found. */
final class SolverResults {
    private static final String LIBRARY = "LIBRARY";
    private static final String LIBRARY_OF_TWO = "LIBRARY 2";
    private static final String NUMPY = "NUMPY";

    /**
     * One method on one problem.
     *
     * @param iteration milliseconds
     * @param solve one run to its end
     * @param allocatedBytes of an iteration, the most of all rounds
     * @param kernelShare of the library's time in kernels, the least of all rounds
     */
    record Method(
            String name, int rank, Times iteration, Optional<Solve> solve, double allocatedBytes, double kernelShare) {}

    /** Milliseconds of the library on one thread and on two, and of NumPy. */
    record Times(Interval library, Interval ofTwo, Interval numpy) {
        double againstNumPy() {
            return numpy.median() / library.median();
        }

        double growth() {
            return library.median() / ofTwo.median();
        }
    }

    /** A run to its end: milliseconds on one thread each. */
    record Solve(int iterations, double error, double library, double numpy) {
        double againstNumPy() {
            return numpy / library;
        }
    }

    /**
     * The way to the tolerance.
     *
     * @param method that the library chose
     * @param rank that it found
     * @param first the library on one thread, the first time in a process
     * @param times the library on one thread the sixth time, on two threads the seventh
     */
    record ToldNothing(
            String method,
            int rank,
            int iterations,
            int numpyIterations,
            double error,
            double numpyError,
            Interval first,
            Times times) {
        double firstAgainstNumPy() {
            return times.numpy().median() / first.median();
        }
    }

    /** Bytes of the measurements as one side stores them, and the most memory of its process. */
    record Memory(double measurements, double peak) {}

    /**
     * One problem.
     *
     * @param kind SYMMETRIC, RECTANGULAR or COMPLETION
     * @param size in words
     * @param way by which NumPy does it
     */
    record Problem(
            String kind,
            String title,
            String size,
            String way,
            List<Method> methods,
            ToldNothing toldNothing,
            Memory library,
            Memory numpy) {
        Problem {
            methods = List.copyOf(methods);
        }

        String words() {
            return title + ", " + size;
        }
    }

    private final JsonNode json;
    private final List<Problem> problems = new ArrayList<>();

    SolverResults(JsonNode json) {
        this.json = json;
        json.path("problems").forEach(problem -> problems.add(problem(problem)));
    }

    List<Problem> problems() {
        return problems;
    }

    /** What NumPy was. */
    String numpy() {
        return json.path("problems").path(0).path("numpy").asString();
    }

    double tolerance() {
        return json.path("tolerance").asDouble();
    }

    double agreement() {
        return json.path("agreement").asDouble();
    }

    /** When and where, in a sentence. */
    String sentence() {
        return Results.sentence(json.path("environment"));
    }

    private static Problem problem(JsonNode json) {
        List<Method> methods = new ArrayList<>();
        json.path("methods").properties().forEach(method -> methods.add(method(method.getKey(), method.getValue())));
        JsonNode nothing = json.path("toldNothing");
        return new Problem(
                json.path("kind").asString(),
                json.path("problem").asString(),
                json.path("size").asString(),
                json.path("way").asString(),
                methods,
                new ToldNothing(
                        nothing.path("method").asString(),
                        nothing.path("rank").asInt(),
                        nothing.path("iterations").asInt(),
                        nothing.path("numpyIterations").asInt(),
                        nothing.path("error").asDouble(),
                        nothing.path("numpyError").asDouble(),
                        interval(nothing.path("first")),
                        times(nothing)),
                memory(json, LIBRARY),
                memory(json, NUMPY));
    }

    private static Method method(String name, JsonNode json) {
        JsonNode solve = json.path("solve");
        return new Method(
                name,
                json.path("rank").asInt(),
                times(json.path("iteration")),
                solve.isMissingNode()
                        ? Optional.empty()
                        : Optional.of(new Solve(
                                solve.path("iterations").asInt(),
                                solve.path("error").asDouble(),
                                interval(solve.path(LIBRARY)).median(),
                                interval(solve.path(NUMPY)).median())),
                numbers(json.path("allocatedBytes")).max().orElse(Double.NaN),
                numbers(json.path("kernelShare")).min().orElse(Double.NaN));
    }

    private static Memory memory(JsonNode json, String side) {
        return new Memory(
                json.path("measurementBytes").path(side).asDouble(),
                json.path("peakBytes").path(side).asDouble());
    }

    private static Times times(JsonNode json) {
        return new Times(interval(json.path(LIBRARY)), interval(json.path(LIBRARY_OF_TWO)), interval(json.path(NUMPY)));
    }

    private static Interval interval(JsonNode milliseconds) {
        return Interval.of(numbers(milliseconds).toArray());
    }

    private static DoubleStream numbers(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false).mapToDouble(JsonNode::asDouble);
    }
}
