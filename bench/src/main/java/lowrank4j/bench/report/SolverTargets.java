package lowrank4j.bench.report;

import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lowrank4j.bench.report.SolverResults.Method;
import lowrank4j.bench.report.SolverResults.Problem;
import lowrank4j.bench.report.SolverResults.ToldNothing;
import lowrank4j.bench.report.Target.Ratio;

/** What the solvers are to reach. */
final class SolverTargets {
    /** Completion's measurements are a small part of any process. */
    private static final String COMPLETION = "COMPLETION";

    private static final String READING =
            "An iteration is as fast as its kernel reads the measurements: the targets of dense sensing, above,"
                    + " say how near that is to the read roof, and what the roof itself would be of two products.";

    private final List<Problem> problems;

    SolverTargets(List<Problem> problems) {
        this.problems = problems;
    }

    List<Target> all() {
        return List.of(
                iterations("RECTANGULAR", "rectangular sensing, an iteration", 2.2)
                        .because(READING),
                iterations("SYMMETRIC", "symmetric sensing, an iteration", 4).because(READING),
                iterations(COMPLETION, "completion, an iteration", 5)
                        .because(
                                "NumPy takes the whole product of the factors, at the speed of BLAS; the library takes one entry in five"
                                        + " of it, each by itself, where loads and sums across lanes count for more than multiply-adds."),
                new Target(
                        "an iteration on 2 threads",
                        "times 1 thread",
                        1.6,
                        ofMethods("", method -> method.iteration().growth())),
                toldNothing(),
                new Target(
                                "peak memory of sensing",
                                "of it the measurements",
                                1 / 1.3,
                                problems.stream()
                                        .filter(problem -> !problem.kind().equals(COMPLETION))
                                        .map(problem -> new Ratio(
                                                problem.title(),
                                                problem.library().measurements()
                                                        / problem.library().peak()))
                                        .toList())
                        .because(processAlone()),
                new Target("an iteration", "of it its kernels", 1 / 1.1, ofMethods("", Method::kernelShare)));
    }

    private Target toldNothing() {
        String ways = problems.stream().map(SolverTargets::way).collect(Collectors.joining(" "));
        return new Target(
                        "to the tolerance, told nothing",
                        "times NumPy tuned by hand and told the rank",
                        3,
                        problems.stream().flatMap(SolverTargets::toldNothing).toList())
                .because("NumPy is told the rank, and its step is tuned. " + ways);
    }

    private static Stream<Ratio> toldNothing(Problem problem) {
        ToldNothing found = problem.toldNothing();
        return Stream.of(
                new Ratio(problem.title() + ", the first time in a process", found.firstAgainstNumPy()),
                new Ratio(problem.title() + ", the sixth time", found.times().againstNumPy()));
    }

    private static String way(Problem problem) {
        ToldNothing found = problem.toldNothing();
        double less = found.first().median() - found.times().library().median();
        return "In " + problem.title() + " the library took " + found.iterations() + " iterations and NumPy "
                + found.numpyIterations() + "; the sixth time took " + Text.number(less)
                + " ms less than the first, which loads and compiles code.";
    }

    /** What a process has that measures nearly nothing. */
    private String processAlone() {
        return problems.stream()
                .filter(problem -> problem.kind().equals(COMPLETION))
                .map(problem -> "The process of completion, whose measurements are "
                        + Text.number(problem.library().measurements() / 1e6) + " MB, has "
                        + Text.number(problem.library().peak() / 1e6)
                        + " MB: that is the Java virtual machine, whatever the problem.")
                .collect(Collectors.joining());
    }

    private Target iterations(String kind, String what, double bound) {
        return new Target(
                what,
                "times NumPy",
                bound,
                ofMethods(kind, method -> method.iteration().againstNumPy()));
    }

    /** @param kind of problem; empty for all */
    private List<Ratio> ofMethods(String kind, ToDoubleFunction<Method> ratio) {
        return problems.stream()
                .filter(problem -> kind.isEmpty() || problem.kind().equals(kind))
                .flatMap(problem -> ofMethods(problem, ratio))
                .toList();
    }

    private static Stream<Ratio> ofMethods(Problem problem, ToDoubleFunction<Method> ratio) {
        return problem.methods().stream()
                .map(method -> new Ratio(problem.title() + ", " + method.name(), ratio.applyAsDouble(method)));
    }
}
