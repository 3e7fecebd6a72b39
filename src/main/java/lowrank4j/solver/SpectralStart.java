package lowrank4j.solver;

import java.util.Random;
import lowrank4j.matrix.Factors;

/** {@link Initialisation#spectral}. */
record SpectralStart() implements Initialisation {
    @Override
    public Factors start(Problem problem, int rank, Random random) {
        SubspaceIteration.Triples top = SubspaceIteration.leadingOf(problem, rank, SPECTRAL_TOLERANCE, random);
        return Leading.of(top, problem.operator().energy()).leading(rank);
    }
}
