package lowrank4j.cli;

import java.util.Optional;
import lowrank4j.kernel.Engine;
import lowrank4j.kernel.Tier;
import lowrank4j.kernel.Tiers;
import picocli.CommandLine.Option;

/** What computes. */
final class EngineOptions {
    /**
     * Numbers that one gradient reads, up to which plain Java computes unless a tier is named: a command ends before vectors that are
     * still interpreted have been compiled, while a program that goes on has them compiled once. Processor seconds of the whole
     * command in plain Java and with vectors, the least of 3 runs: dense sensing of 120,000 numbers 0.8 and 2.1, of 1,600,000 1.5
     * and 3.1, of 5,760,000 2.3 and 3.9, of 16,000,000 4.0 and 4.7. Vectors gain some 3 ns a number, so that from this bound on a
     * recovery of more than 500 iterations is no slower with them.
     */
    static final long SMALL = 1L << 20;

    /** What is as large as can be, or of a kind that plain Java is too slow for at any size. */
    static final long LARGE = Long.MAX_VALUE;

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

    /**
     * The tier that is named, or plain Java for a problem that is small; the choice is the library's where there is none.
     *
     * @param numbers that one gradient reads
     */
    Optional<Tier> tier(long numbers) {
        return tier().or(() -> isSmall(numbers) ? Optional.of(Tier.REFERENCE) : Optional.empty());
    }

    /** Why this tier computes. */
    String reason(long numbers) {
        if (tier().isPresent()) {
            return "--tier names it";
        }
        if (isNamed()) {
            return "the property " + Tiers.PROPERTY + " names it";
        }
        return isSmall(numbers)
                ? "the problem is small: the command ends before vectors would be compiled"
                : "it is the best that this machine offers";
    }

    private static boolean isSmall(long numbers) {
        return numbers <= SMALL && !isNamed();
    }

    private static boolean isNamed() {
        String named = System.getProperty(Tiers.PROPERTY, "");
        return !named.isEmpty() && !named.equalsIgnoreCase("auto");
    }

    Engine open() {
        return open(LARGE);
    }

    /** With the tier for a problem of this size. */
    Engine open(long numbers) {
        return Engine.open(tier(numbers).map(Tiers::select).orElseGet(Tiers::select), threads);
    }
}
