package lowrank4j.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import lowrank4j.bench.report.SolverResults.Memory;
import lowrank4j.bench.report.SolverResults.Method;
import lowrank4j.bench.report.SolverResults.Problem;
import lowrank4j.bench.report.SolverResults.ToldNothing;

/** Whole recoveries beside NumPy: an iteration, a solve, the way to a small error without being told anything, and the memory. */
final class SolverSection {
    private static final double MEGABYTE = 1e6;

    /** How NumPy does completion, by the name of its class. */
    private static final Map<String, String> WAYS = Map.of(
            "SparseEntries", "by gathering the entries",
            "MaskedEntries", "by the whole product of the factors, which is here faster than gathering entries");

    private SolverSection() {}

    static List<Block> of(Results results) {
        return results.solvers().map(SolverSection::blocks).orElse(List.of());
    }

    private static List<Block> blocks(SolverResults results) {
        List<Problem> problems = results.problems();
        List<Block> blocks = new ArrayList<>();
        blocks.add(new Block.Heading(2, "Solvers"));
        blocks.add(new Block.Paragraph(
                "Recoveries by the library, and by the same methods in NumPy (bench/peers/solver_peer.py, "
                        + results.numpy()
                        + ", one thread) in the same run, by turns: the same data, starts, steps and iterations; their errors at the end agree to "
                        + Text.number(results.agreement())
                        + " of themselves, or the run fails. The matrices have singular values from 1 to ¼. Symmetric measurements are packed in the library and full in NumPy, as one has them there: this alone is a factor of two. "
                        + ways(problems) + results.sentence()));
        blocks.add(Target.table("what", new SolverTargets(problems).all()));
        blocks.addAll(losses(problems));
        blocks.addAll(iterations(problems));
        blocks.addAll(solves(problems, results.tolerance()));
        blocks.addAll(toldNothing(problems, results.tolerance()));
        blocks.addAll(memory(problems));
        return blocks;
    }

    private static String ways(List<Problem> problems) {
        StringBuilder sentences = new StringBuilder();
        for (Problem problem : problems) {
            String way = WAYS.get(problem.way());
            if (way != null) {
                sentences
                        .append("NumPy does ")
                        .append(problem.title())
                        .append(' ')
                        .append(way)
                        .append(". ");
            }
        }
        return sentences.toString();
    }

    private static List<Block> losses(List<Problem> problems) {
        List<String> slower = new ArrayList<>();
        for (Problem problem : problems) {
            for (Method method : problem.methods()) {
                double ratio = method.iteration().againstNumPy();
                if (ratio < 1) {
                    slower.add(problem.title() + ", " + method.name() + ": " + Text.ratio(ratio));
                }
            }
            double ratio = problem.toldNothing().firstAgainstNumPy();
            if (ratio < 1) {
                slower.add(
                        problem.title() + ", told nothing, the first time in a process, against NumPy told the rank: "
                                + Text.ratio(ratio));
            }
        }
        return slower.isEmpty()
                ? List.of(new Block.Paragraph("NumPy is faster in none of these cases."))
                : List.of(
                        new Block.Paragraph("NumPy is faster, the library's speed being this part of its:"),
                        new Block.Items(slower));
    }

    private static List<Block> iterations(List<Problem> problems) {
        List<List<String>> rows = new ArrayList<>();
        for (Problem problem : problems) {
            for (Method method : problem.methods()) {
                rows.add(List.of(
                        problem.words(),
                        method.name(),
                        String.valueOf(method.rank()),
                        Text.time(method.iteration().library()),
                        Text.time(method.iteration().ofTwo()),
                        Text.time(method.iteration().numpy()),
                        Text.ratio(method.iteration().againstNumPy()),
                        Text.ratio(method.iteration().growth()),
                        Text.ratio(method.kernelShare()),
                        Text.number(method.allocatedBytes())));
            }
        }
        return List.of(
                new Block.Heading(3, "An iteration"),
                new Block.Paragraph(
                        "“Rank” is that of the factors. “Of it kernels” is the part of the library's time on one thread that "
                                + "its kernels take. What is allocated are views and an entry of the trace, whatever the size."),
                new Block.Table(
                        2,
                        List.of(
                                "problem",
                                "method",
                                "rank",
                                "library",
                                "library, 2 threads",
                                "NumPy",
                                "times as fast",
                                "2 threads against 1",
                                "of it kernels",
                                "bytes allocated"),
                        rows));
    }

    private static List<Block> solves(List<Problem> problems, double tolerance) {
        List<List<String>> rows = new ArrayList<>();
        for (Problem problem : problems) {
            for (Method method : problem.methods()) {
                method.solve()
                        .ifPresent(solve -> rows.add(List.of(
                                problem.title(),
                                method.name(),
                                String.valueOf(solve.iterations()),
                                Text.scientific(solve.error()),
                                Text.seconds(solve.library()),
                                Text.seconds(solve.numpy()),
                                Text.ratio(solve.againstNumPy()))));
            }
        }
        return List.of(
                new Block.Heading(3, "A whole solve"),
                new Block.Paragraph("From a given start to a relative residual of " + Text.scientific(tolerance)
                        + ", or as many iterations as there was time for; once, on one thread."),
                new Block.Table(
                        2,
                        List.of("problem", "method", "iterations", "error", "library", "NumPy", "times as fast"),
                        rows));
    }

    private static List<Block> toldNothing(List<Problem> problems, double tolerance) {
        List<List<String>> rows = new ArrayList<>();
        for (Problem problem : problems) {
            ToldNothing way = problem.toldNothing();
            rows.add(List.of(
                    problem.title(),
                    way.method(),
                    String.valueOf(way.rank()),
                    String.valueOf(way.iterations()),
                    String.valueOf(way.numpyIterations()),
                    Text.scientific(way.error()),
                    Text.scientific(way.numpyError()),
                    Text.time(way.first()),
                    Text.time(way.times().library()),
                    Text.time(way.times().ofTwo()),
                    Text.time(way.times().numpy()),
                    Text.ratio(way.firstAgainstNumPy()),
                    Text.ratio(way.times().againstNumPy())));
        }
        return List.of(
                new Block.Heading(3, "Told nothing"),
                new Block.Paragraph(
                        "From the measurements to a relative residual of " + Text.scientific(tolerance)
                                + ": the library with its defaults, which searches for the rank, beside the faster of ScaledGD and APGD in NumPy from a spectral start, "
                                + "told the rank, with the step that took the least time on this very problem, of many runs. The library the first time "
                                + "in a process, when the compiler has seen the kernels but not the search for the rank, and the sixth time."),
                new Block.Table(
                        2,
                        List.of(
                                "problem",
                                "library's method",
                                "rank found",
                                "iterations",
                                "NumPy's",
                                "error",
                                "NumPy's",
                                "library, first",
                                "library, sixth",
                                "library, 2 threads",
                                "NumPy, told the rank",
                                "times as fast, first",
                                "times as fast, sixth"),
                        rows));
    }

    private static List<Block> memory(List<Problem> problems) {
        List<List<String>> rows = new ArrayList<>();
        for (Problem problem : problems) {
            Memory library = problem.library();
            Memory numpy = problem.numpy();
            rows.add(List.of(
                    problem.title(),
                    Text.number(library.measurements() / MEGABYTE),
                    Text.number(library.peak() / MEGABYTE),
                    Text.ratio(library.peak() / library.measurements()),
                    Text.number(numpy.measurements() / MEGABYTE),
                    Text.number(numpy.peak() / MEGABYTE),
                    Text.ratio(numpy.peak() / library.peak())));
        }
        return List.of(
                new Block.Heading(3, "Memory"),
                new Block.Paragraph(
                        "Megabytes: the measurements as each side stores them, and the most that its process ever had."),
                new Block.Table(
                        1,
                        List.of(
                                "problem",
                                "measurements",
                                "library",
                                "over its measurements",
                                "NumPy's measurements",
                                "NumPy",
                                "NumPy over the library"),
                        rows));
    }
}
