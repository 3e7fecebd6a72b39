package lowrank4j.solver;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import lowrank4j.matrix.Factors;
import lowrank4j.matrix.Matrix;

/**
 * Finds the rank while the iteration runs, from one computed number, the noise edge ({@link Problem#noiseEdge}): directions of X
 * that stay below a few edges are dropped; when the residual stalls although its back-projection still stands above the edge, a
 * direction is added; when it does not, the fit is at the noise floor, and that is the certificate to stop.
 */
final class RankSearch {
    /** Singular values above so many edges are signal: spurious ones were seen up to about 2.5. */
    private static final double SIGNAL_EDGES = 4;

    /** Iterations between looks at the spectrum. */
    private static final int LOOK_EVERY = 4;

    /** Looks for which a smaller count must hold before directions are dropped. */
    private static final int LOOKS_TO_DROP = 3;

    /** Top of the back-projected residual, in edges, from which it shows structure: noise alone was seen up to about 1. */
    private static final double STRUCTURE_EDGES = 1.3;

    /** A stall: the objective falls by less than this fraction over the window. */
    private static final double STALL_FRACTION = 0.01;

    private static final int STALL_WINDOW = 8;

    private final Problem problem;
    private final int limit;
    private final Random random;
    private int lastCount = -1;
    private int held;
    private int quietUntil;
    private int refusedAt = -1;

    /** @param limit the rank never to be exceeded */
    RankSearch(Problem problem, int limit, Random random) {
        this.problem = problem;
        this.limit = limit;
        this.random = random;
    }

    /** What the search wants of the run. */
    sealed interface Decision {
        /** Go on as it is. */
        record Continue() implements Decision {}

        /** Go on from other factors. */
        record Replace(Factors factors) implements Decision {}

        /** End the run. */
        record Stop(Termination termination) implements Decision {}
    }

    /** Whether anything of low rank stands out of the measurements at all; asked before the first step. */
    Optional<Termination> judgeStart() {
        double edge = problem.noiseEdge(problem.squaredNorm(), 0);
        double top = topOf(negated(problem.observed())).value();
        if (top > startThreshold() * edge) {
            return Optional.empty();
        }
        return Optional.of(new Termination.NoSignal(String.format(
                Locale.ROOT,
                "No low-rank signal: the back-projected measurements reach %.2f times what pure noise of their size would.",
                edge == 0 ? 0 : top / edge)));
    }

    /** The largest singular value of pure noise fluctuates about the edge by a few n^(-2/3) of it. */
    private double startThreshold() {
        return 1 + 1.5 * Math.pow(Math.min(problem.rows(), problem.columns()), -2.0 / 3);
    }

    Decision look(Iterate iterate, List<IterationEvent> trace) {
        int iteration = trace.getLast().iteration();
        if (iteration < quietUntil || iteration % LOOK_EVERY != 0) {
            return new Decision.Continue();
        }
        double edge = iterate.noiseEdge();
        FactorSpectrum spectrum =
                new FactorSpectrum(iterate.factors(), problem.engine().kernels());
        int count = spectrum.count(SIGNAL_EDGES * edge);
        held = count == lastCount ? held + 1 : 1;
        lastCount = count;
        if (count > 0 && count < iterate.rank() && held >= LOOKS_TO_DROP) {
            held = 0;
            quietUntil = iteration + LOOK_EVERY;
            return new Decision.Replace(spectrum.leading(count));
        }
        if (StoppingRule.stalls(trace, STALL_WINDOW, STALL_FRACTION)) {
            return atStall(iterate, spectrum, edge, iteration);
        }
        return new Decision.Continue();
    }

    private Decision atStall(Iterate iterate, FactorSpectrum spectrum, double edge, int iteration) {
        int signal = spectrum.count(SIGNAL_EDGES * edge);
        Top top = topOf(iterate.residual());
        if (top.value() > STRUCTURE_EDGES * edge && iterate.rank() < limit && refusedAt != iterate.rank()) {
            refusedAt = iterate.rank();
            quietUntil = iteration + 2 * STALL_WINDOW;
            return new Decision.Replace(grown(iterate.factors(), top));
        }
        if (signal < iterate.rank() && signal > 0) {
            quietUntil = iteration + STALL_WINDOW;
            return new Decision.Replace(spectrum.leading(signal));
        }
        return new Decision.Stop(new Termination.Converged(
                "noise-floor",
                String.format(
                        Locale.ROOT,
                        "The residual is at its noise floor: its back-projection reaches %.2f times what pure noise would.",
                        edge == 0 ? 0 : top.value() / edge)));
    }

    /** The leading singular triple of -A*(z)/energy. */
    private record Top(double value, Matrix left, Matrix right) {}

    private Top topOf(double[] z) {
        SubspaceIteration iteration = new SubspaceIteration(problem.engine().kernels());
        double scale = 1 / problem.operator().energy();
        if (problem.operator().isSymmetric()) {
            SubspaceIteration.Triples top =
                    iteration.symmetric(problem.operator().adjoint(negated(z)), 1, 1e-2, random);
            return new Top(top.values()[0] * scale, top.left(), top.right());
        }
        SubspaceIteration.Triples top = iteration.singular(problem.operator().adjoint(z), 1, 1e-2, random);
        return new Top(top.values()[0] * scale, top.left(), top.right());
    }

    private static double[] negated(double[] z) {
        double[] negative = new double[z.length];
        for (int i = 0; i < z.length; i++) {
            negative[i] = -z[i];
        }
        return negative;
    }

    private Factors grown(Factors factors, Top top) {
        double root = Math.sqrt(top.value());
        if (factors.isSymmetric()) {
            return Factors.symmetric(appended(factors.left(), top.left(), root));
        }
        // The residual is A(X) - y: its top direction enters X with the opposite sign.
        return new Factors(appended(factors.left(), top.left(), -root), appended(factors.right(), top.right(), root));
    }

    private static Matrix appended(Matrix factor, Matrix column, double scale) {
        Matrix wider = Matrix.zeros(factor.rows(), factor.columns() + 1);
        wider.columnRange(0, factor.columns()).copyFrom(factor);
        for (int i = 0; i < factor.rows(); i++) {
            wider.set(i, factor.columns(), scale * column.get(i, 0));
        }
        return wider;
    }
}
