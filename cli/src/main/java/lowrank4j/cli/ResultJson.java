package lowrank4j.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import lowrank4j.RecoveryResult;
import lowrank4j.kernel.TierReport;
import lowrank4j.solver.Termination;
import org.jspecify.annotations.Nullable;

/** A result as the members of a JSON object; what a run does not have is null. */
final class ResultJson {
    private ResultJson() {}

    static Map<String, @Nullable Object> of(RecoveryResult result, List<String> warnings, double secondsToRead) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("termination", termination(result.termination()));
        json.put("effectiveRank", result.effectiveRank());
        json.put("rank", result.factors().rank());
        json.put("rows", result.factors().rows());
        json.put("columns", result.factors().columns());
        json.put("iterations", iterations(result));
        json.put("objective", Json.number(result.objective()));
        json.put("relativeResidual", Json.number(result.relativeResidual()));
        json.put("heldOutError", Json.number(result.heldOutError()));
        json.put("heldOutRootMeanSquare", Json.number(result.heldOutRootMeanSquare()));
        json.put("heldOutMedian", Json.number(result.heldOutMedian()));
        json.put("noiseEstimate", Json.number(result.noiseEstimate()));
        json.put("noiseEdge", Json.number(result.noiseEdge()));
        json.put(
                "singularValues",
                result.singularValues().stream().map(Json::number).toList());
        json.put("algorithm", result.algorithm());
        json.put("algorithmReason", result.reason());
        json.put("step", Json.number(result.step()));
        json.put("damping", Json.number(result.damping()));
        json.put("seed", result.seed());
        json.put("threads", result.threads());
        json.put("tier", result.tier().active().toString());
        json.put("tierReport", tier(result.tier()));
        Map<String, Double> phases = new LinkedHashMap<>();
        phases.put("read", secondsToRead);
        phases.putAll(result.secondsByPhase());
        json.put("secondsByPhase", phases);
        json.put("secondsByKernel", result.secondsByKernel());
        json.put("peakMemoryBytes", orNull(MemoryNeed.peakBytes()));
        json.put("warnings", warnings);
        json.put("version", Main.Version.text());
        return json;
    }

    /** What was computed without an iteration: what only an iteration has is null. */
    static Map<String, @Nullable Object> ofApproximation(
            RecoveryResult result, List<String> warnings, double secondsToRead) {
        Map<String, @Nullable Object> json = of(result, warnings, secondsToRead);
        for (String name : List.of("noiseEstimate", "noiseEdge", "step", "damping", "seed")) {
            json.put(name, null);
        }
        return json;
    }

    /** Iterations of this run. */
    static int iterations(RecoveryResult result) {
        return result.trace().isEmpty() ? 0 : result.trace().getLast().iteration();
    }

    static Map<String, Object> termination(Termination termination) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("rule", termination.rule());
        json.put("sentence", termination.sentence());
        json.put("converged", termination.isConverged());
        return json;
    }

    static Map<String, Object> tier(TierReport report) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("active", report.active().toString());
        json.put("vectorBits", report.vectorBits());
        json.put("fma", report.fma());
        json.put("blas", report.blas());
        json.put("blasThreads", report.blasThreads());
        json.put("refusals", report.refusals());
        return json;
    }

    static @Nullable Long orNull(OptionalLong value) {
        return value.isPresent() ? Long.valueOf(value.getAsLong()) : null;
    }
}
