package lowrank4j.kernel;

import java.util.Locale;
import lowrank4j.error.InvalidArgumentException;

/** The implementations of {@link Kernels}, slowest and simplest first. */
public enum Tier {
    /** Plain Java that reads like the formulas; the oracle of the others. */
    REFERENCE,
    /** The Vector API; needs the module jdk.incubator.vector. */
    VECTOR,
    /** The Vector API, with OpenBLAS for large products and decompositions. */
    NATIVE;

    /** The tier of this name in any case. */
    public static Tier named(String name) {
        for (Tier tier : values()) {
            if (tier.toString().equalsIgnoreCase(name)) {
                return tier;
            }
        }
        throw new InvalidArgumentException("tier '" + name + "' is unknown: choose native, vector or reference");
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
