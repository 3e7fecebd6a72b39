package lowrank4j.kernel.vector;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteOrder;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/** The width of vectors and whether multiply-add is fused: the only class that names a species. */
final class Lanes {
    /** System property that sets the width in bits (128, 256 or 512); the processor's preferred width without it. */
    static final String PROPERTY = "lowrank4j.vectorBits";

    static final VectorShape SHAPE = Integer.getInteger(PROPERTY, 0) == 0
            ? VectorShape.preferredShape()
            : VectorShape.forBitSize(Integer.getInteger(PROPERTY, 0));
    static final VectorSpecies<Double> DOUBLES = VectorSpecies.of(double.class, SHAPE);
    static final int COUNT = DOUBLES.length();

    /**
     * For loops that wait for memory: loads of 256 bits at most. With 512, six streams at once were read at 0.7 of the speed of
     * a plain sum, with 256 at 0.95.
     */
    static final VectorSpecies<Double> STREAM =
            VectorSpecies.of(double.class, VectorShape.forBitSize(Math.min(256, DOUBLES.vectorBitSize())));

    static final int STREAM_COUNT = STREAM.length();

    /** As many floats as there are doubles in a vector: half the width. */
    static final VectorSpecies<Float> FLOATS =
            VectorSpecies.of(float.class, VectorShape.forBitSize(DOUBLES.vectorBitSize() / 2));

    static final ByteOrder ORDER = ByteOrder.nativeOrder();
    static final int BITS = DOUBLES.vectorBitSize();

    /** Whether a masked store is an instruction: with vectors of two doubles not everywhere, and hardly needed. */
    static final boolean MASKS = COUNT > 2;

    /** Without hardware support a fused multiply-add is computed digit by digit, thousands of times slower. */
    static final boolean FMA = hardwareFma();

    private Lanes() {}

    /** As many numbers of {@code array} as a vector holds, from {@code index}. */
    static DoubleVector load(double[] array, int index) {
        return DoubleVector.fromArray(DOUBLES, array, index);
    }

    /** The first {@code count} numbers of {@code array} from {@code index}, and zeros; to be used where {@link #MASKS} says so. */
    static DoubleVector loadFirst(int count, double[] array, int index) {
        return DoubleVector.fromArray(DOUBLES, array, index, DOUBLES.indexInRange(0, count));
    }

    /** A vector of one number. */
    static DoubleVector all(double value) {
        return DoubleVector.broadcast(DOUBLES, value);
    }

    /** a·b + c. */
    static DoubleVector fma(DoubleVector a, DoubleVector b, DoubleVector c) {
        return FMA ? a.fma(b, c) : a.mul(b).add(c);
    }

    /**
     * The lanes of a vector of {@link #DOUBLES} added in a fixed order: {@code reduceLanes} may change its order with the
     * compiler's tier.
     */
    static double sum(DoubleVector v) {
        return sum(v, COUNT);
    }

    /** The lanes of a vector of {@link #STREAM} added in a fixed order. */
    static double streamSum(DoubleVector v) {
        return sum(v, STREAM_COUNT);
    }

    /** Lanes by constants: a loop over them grows so much code that the loops before it may lose their vectors. */
    private static double sum(DoubleVector v, int count) {
        double sum = v.lane(0) + v.lane(1);
        if (count >= 4) {
            sum += v.lane(2) + v.lane(3);
        }
        if (count >= 8) {
            sum += v.lane(4) + v.lane(5) + (v.lane(6) + v.lane(7));
        }
        for (int lane = 8; lane < count; lane++) {
            sum += v.lane(lane);
        }
        return sum;
    }

    private static boolean hardwareFma() {
        HotSpotDiagnosticMXBean flags = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
        return flags != null && Boolean.parseBoolean(flags.getVMOption("UseFMA").getValue());
    }
}
