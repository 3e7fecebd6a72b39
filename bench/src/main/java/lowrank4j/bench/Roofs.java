package lowrank4j.bench;

import java.util.List;

/** The amounts of memory on which the roofs are measured: each fits its cache easily, and no smaller one. */
public final class Roofs {
    public static final String L1 = "16384";
    public static final String L2 = "524288";
    public static final String L3 = "8388608";
    public static final String MEMORY = "402653184";

    /** Smallest first. */
    public static final List<String> ALL = List.of(L1, L2, L3, MEMORY);

    private Roofs() {}

    /** What an amount is called. */
    public static String name(String bytes) {
        return switch (bytes) {
            case L1 -> "L1";
            case L2 -> "L2";
            case L3 -> "L3";
            default -> "memory";
        };
    }
}
