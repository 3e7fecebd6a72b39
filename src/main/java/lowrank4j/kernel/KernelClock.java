package lowrank4j.kernel;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;

/** Adds up the time spent in each kind of kernel, over all threads. */
public final class KernelClock {
    /** The kinds of kernels that are told apart. */
    public enum Kind {
        SENSING("fused sensing"),
        COMPLETION("fused completion"),
        PRODUCTS("matrix products"),
        UPDATES("vector updates"),
        SOLVES("small solves"),
        DECOMPOSITIONS("QR, eigen, SVD");

        private final String label;

        Kind(String label) {
            this.label = label;
        }

        public String label() {
            return label;
        }
    }

    private final Map<Kind, LongAdder> nanos = new EnumMap<>(Kind.class); // filled once, then only read

    public KernelClock() {
        for (Kind kind : Kind.values()) {
            nanos.put(kind, new LongAdder());
        }
    }

    void add(Kind kind, long since) {
        Objects.requireNonNull(nanos.get(kind)).add(System.nanoTime() - since);
    }

    /** Seconds by kind so far, added over threads; every kind is present. */
    public Map<Kind, Double> seconds() {
        Map<Kind, Double> seconds = new EnumMap<>(Kind.class);
        nanos.forEach((kind, sum) -> seconds.put(kind, sum.sum() * 1e-9));
        return seconds;
    }
}
