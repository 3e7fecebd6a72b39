package lowrank4j.cli;

import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import lowrank4j.HermitianResult;
import lowrank4j.HermitianSensing;
import lowrank4j.RecoveryOptions;
import lowrank4j.error.BadDataException;
import lowrank4j.io.Npy;
import lowrank4j.io.NpyArray;
import lowrank4j.matrix.Factors;
import lowrank4j.matrix.HermitianFactors;
import lowrank4j.matrix.Matrix;
import org.jspecify.annotations.Nullable;

/** The complex factor of a Hermitian unknown, in files and in results. */
final class HermitianFiles {
    private HermitianFiles() {}

    /** Recovers X, and says what is to be written of it. */
    static RecoverySession.Solution solution(HermitianSensing sensing, boolean traceOne, RecoveryOptions options) {
        HermitianResult result = (traceOne ? sensing.withTraceOne() : sensing).solve(options);
        return new RecoverySession.Solution(
                result.recovery(),
                folder -> {},
                List.of(),
                folder -> write(folder, result.factors()),
                facts(result),
                List::of);
    }

    /** Writes U, n×r complex numbers with X = U U*. */
    static void write(Path folder, HermitianFactors factors) {
        double[] pairs = new double[2 * factors.order() * factors.rank()];
        for (int i = 0, at = 0; i < factors.order(); i++) {
            for (int k = 0; k < factors.rank(); k++) {
                pairs[at++] = factors.real().get(i, k);
                pairs[at++] = factors.imaginary().get(i, k);
            }
        }
        Npy.write(folder.resolve(FactorFiles.LEFT), NpyArray.ofPairs(pairs, factors.order(), factors.rank()));
    }

    /** The stacked factor in the results of an earlier run. */
    static Factors readFactor(Path folder) {
        Path file = folder.resolve(FactorFiles.LEFT);
        try (Arena arena = Arena.ofConfined()) {
            NpyArray array = Npy.read(file, arena);
            long[] shape = array.shape();
            double[] pairs = array.toPairs();
            if (shape.length != 2 || shape[0] > Integer.MAX_VALUE / 2) {
                throw new BadDataException(
                        file + ": has the shape " + Measurements.text(shape) + "; an n x r factor is expected");
            }
            int n = (int) shape[0];
            int rank = (int) shape[1];
            Matrix stacked = Matrix.zeros(2 * n, rank);
            for (int at = 0; at < n * rank; at++) {
                stacked.data()[at] = pairs[2 * at];
                stacked.data()[n * rank + at] = pairs[2 * at + 1];
            }
            if (!stacked.isFinite()) {
                throw new BadDataException(file + ": the factor holds NaN or an infinity");
            }
            return Factors.symmetric(stacked);
        }
    }

    /** What {@code result.json} says of X beside what it says of every result. */
    static Map<String, @Nullable Object> facts(HermitianResult result) {
        Map<String, @Nullable Object> facts = new LinkedHashMap<>();
        facts.put("rows", result.factors().order());
        facts.put("columns", result.factors().order());
        facts.put("trace", result.factors().trace());
        facts.put("fittedTrace", result.fittedTrace());
        facts.put("purity", result.fittedTrace() == 0 ? null : result.factors().purity());
        facts.put("eigenvalues", result.eigenvalues());
        return facts;
    }
}
