package lowrank4j.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import lowrank4j.error.EnvironmentException;
import lowrank4j.kernel.Kernels;
import lowrank4j.kernel.Tier;
import lowrank4j.kernel.Tiers;
import lowrank4j.kernel.contract.KernelCheck;
import lowrank4j.kernel.contract.KernelContract;
import lowrank4j.kernel.contract.KernelContract.Extent;
import org.jspecify.annotations.Nullable;

/**
 * What the contract of the kernels says of a tier on this machine.
 *
 * @param tier that was asked for
 * @param checks how many were made
 * @param failures what the failed ones said, each with the name of the kernel
 * @param speeds of a few kernels; they decide nothing
 * @param refusal why the tier is not available, or empty
 */
record OracleVerdict(Tier tier, int checks, List<String> failures, List<KernelSpeed> speeds, String refusal) {
    /** Failures that are shown; one defect breaks many checks. */
    private static final int SHOWN = 5;

    /**
     * The tiers of this machine.
     *
     * @param progress is told what is being checked
     */
    static List<OracleVerdict> all(PrintWriter progress) {
        List<OracleVerdict> missing = new ArrayList<>();
        List<OracleVerdict> checked = new ArrayList<>();
        List<Kernels> available = new ArrayList<>();
        for (Tier tier : Tier.values()) {
            try {
                Kernels kernels = Tiers.select(tier).kernels();
                progress.println("Checking the kernels of tier " + tier + " ...");
                checked.add(of(tier, kernels));
                available.add(kernels);
            } catch (EnvironmentException e) {
                missing.add(new OracleVerdict(tier, 0, List.of(), List.of(), String.valueOf(e.getMessage())));
            }
        }
        progress.println("Measuring ...");
        List<List<KernelSpeed>> speeds = KernelSpeed.of(available);
        List<OracleVerdict> verdicts = new ArrayList<>();
        for (int t = 0; t < speeds.size(); t++) {
            verdicts.add(checked.get(t).withSpeeds(speeds.get(t)));
        }
        verdicts.addAll(missing);
        return verdicts;
    }

    static OracleVerdict of(Tier tier, Kernels kernels) {
        List<KernelCheck> checks = KernelContract.checks(kernels, Extent.QUICK);
        List<String> failures = new ArrayList<>();
        for (KernelCheck check : checks) {
            try {
                check.run();
            } catch (AssertionError e) {
                failures.add(String.valueOf(e.getMessage()));
            }
        }
        return new OracleVerdict(tier, checks.size(), failures, List.of(), "");
    }

    private OracleVerdict withSpeeds(List<KernelSpeed> measured) {
        return new OracleVerdict(tier, checks, failures, measured, refusal);
    }

    boolean isAvailable() {
        return refusal.isEmpty();
    }

    boolean isWrong() {
        return !failures.isEmpty();
    }

    List<String> firstFailures() {
        return failures.subList(0, Math.min(SHOWN, failures.size()));
    }

    Map<String, @Nullable Object> toJson() {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("tier", tier.toString());
        json.put("available", isAvailable());
        if (isAvailable()) {
            json.put("passed", !isWrong());
            json.put("checks", checks);
            json.put("failed", failures.size());
            json.put("firstFailures", firstFailures());
            json.put("speeds", speeds.stream().map(KernelSpeed::toJson).toList());
        } else {
            json.put("refusal", refusal);
        }
        return json;
    }
}
