package lowrank4j.cli;

import java.util.Optional;
import lowrank4j.kernel.Engine;
import lowrank4j.kernel.Tier;
import lowrank4j.kernel.Tiers;
import picocli.CommandLine.Option;

/** What computes. */
final class EngineOptions {
    @Option(
            names = "--threads",
            paramLabel = "N",
            converter = Converters.AtLeastOne.class,
            description = "threads that compute; results do not depend on it (default: all processors)")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Option(
            names = "--tier",
            paramLabel = "TIER",
            converter = Converters.TierName.class,
            description = "auto, native, vector or reference: which kernels compute (default: auto, the best there is)")
    private Converters.TierChoice tier = Converters.TierChoice.AUTO;

    int threads() {
        return threads;
    }

    Optional<Tier> tier() {
        return tier.forced();
    }

    Engine open() {
        return Engine.open(tier().map(Tiers::select).orElseGet(Tiers::select), threads);
    }
}
