package lowrank4j.kernel.vector;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteOrder;
import java.util.Arrays;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorShuffle;
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
     * For loops that wait for memory: 256 bits at most. With 512, products of six rows were 1.08 times as fast, but sums of six
     * rows took 1.4 times as long, since most of their stores straddle two cache lines.
     */
    static final VectorSpecies<Double> STREAM =
            VectorSpecies.of(double.class, VectorShape.forBitSize(Math.min(256, DOUBLES.vectorBitSize())));

    static final int STREAM_COUNT = STREAM.length();

    /** As many floats as there are doubles in a vector: half the width. */
    static final VectorSpecies<Float> FLOATS =
            VectorSpecies.of(float.class, VectorShape.forBitSize(DOUBLES.vectorBitSize() / 2));

    static final VectorSpecies<Integer> INTS = VectorSpecies.of(int.class, SHAPE);
    static final int INT_COUNT = INTS.length();

    static final ByteOrder ORDER = ByteOrder.nativeOrder();
    static final int BITS = DOUBLES.vectorBitSize();

    /** Whether a masked store is an instruction: with vectors of two doubles not everywhere, and hardly needed. */
    static final boolean MASKS = COUNT > 2;

    /** Without hardware support a fused multiply-add is computed digit by digit, thousands of times slower. */
    static final boolean FMA = hardwareFma();

    private static final VectorShuffle<Double> HALF_TURN = turn(COUNT / 2);
    private static final VectorShuffle<Double> QUARTER_TURN = turn(COUNT / 4);
    private static final VectorShuffle<Double> STREAM_HALF_TURN =
            VectorShuffle.fromOp(STREAM, lane -> (lane + STREAM_COUNT / 2) % STREAM_COUNT);

    private static final Class<? extends DoubleVector> EXACT =
            DOUBLES.vectorType().asSubclass(DoubleVector.class);

    private static final Class<? extends DoubleVector> EXACT_STREAM =
            STREAM.vectorType().asSubclass(DoubleVector.class);

    static final VectorSpecies<Long> LONGS = VectorSpecies.of(long.class, SHAPE);
    private static final long[] NONE_THEN_ALL = noneThenAll();

    private Lanes() {}

    private static long[] noneThenAll() {
        long[] bits = new long[2 * COUNT];
        Arrays.fill(bits, COUNT, 2 * COUNT, -1);
        return bits;
    }

    /**
     * Bits to AND with a vector so that its first {@code count} lanes become zeros, whatever was there: cheap at every width,
     * where blending is not, and true to infinities, where a product with zero is not.
     */
    static LongVector clearingFirst(int count) {
        return LongVector.fromArray(LONGS, NONE_THEN_ALL, COUNT - Math.clamp(count, 0, COUNT));
    }

    private static VectorShuffle<Double> turn(int by) {
        return VectorShuffle.fromOp(DOUBLES, lane -> (lane + by) % COUNT);
    }

    /**
     * The same vector, of {@link #DOUBLES}. Where vectors of {@link #STREAM} are in use too, the compiler takes what was loaded, computed or
     * carried round a loop for one of either class until it has replaced all operations by instructions, and parses every call on it twice;
     * a long loop then outgrows what it takes in, and vectors stay objects; a short one may, where it was compiled before it was profiled. So
     * a factor of many comes from {@link #broadcast}, and what is loaded goes through here, and a result on which there
     * is a further call.
     */
    static DoubleVector exact(DoubleVector v) {
        return EXACT.cast(v);
    }

    /** The same vector, of {@link #STREAM}, as {@link #exact}. */
    static DoubleVector exactStream(DoubleVector v) {
        return EXACT_STREAM.cast(v);
    }

    /** A number in every lane of {@link #DOUBLES}, {@link #exact}: what it is multiplied with and added to need not be. */
    static DoubleVector broadcast(double x) {
        return EXACT.cast(DoubleVector.broadcast(DOUBLES, x));
    }

    /** A number in every lane of {@link #STREAM}, as {@link #broadcast}. */
    static DoubleVector broadcastStream(double x) {
        return EXACT_STREAM.cast(DoubleVector.broadcast(STREAM, x));
    }

    /** a·b + c. */
    static DoubleVector fma(DoubleVector a, DoubleVector b, DoubleVector c) {
        return FMA ? a.fma(b, c) : a.mul(b).add(c);
    }

    /** The lanes of {@link #STREAM}, two or four, added in a fixed order, in small steps as in {@link #sum}. */
    static double streamSum(DoubleVector v) {
        return firstTwo(fold(exactStream(v)));
    }

    private static DoubleVector fold(DoubleVector v) {
        return STREAM_COUNT > 2 ? v.add(v.rearrange(STREAM_HALF_TURN)) : v;
    }

    /**
     * The lanes added in a fixed order, halves first: {@code reduceLanes} may change its order with the compiler's tier. In
     * steps of at most 35 bytecodes, which every compiler inlines: a call that stays a call makes an object of its vector.
     */
    static double sum(DoubleVector v) {
        return firstTwo(fold(fold(exact(v), HALF_TURN, 2), QUARTER_TURN, 4));
    }

    /** The same of {@code count} lanes that were stored, which may be overwritten; eight are added without storing what comes between. */
    static double sum(double[] lanes, int from, int count) {
        if (count == 8) {
            return ((lanes[from] + lanes[from + 4]) + (lanes[from + 2] + lanes[from + 6]))
                    + ((lanes[from + 1] + lanes[from + 5]) + (lanes[from + 3] + lanes[from + 7]));
        }
        for (int half = count / 2; half > 0; half /= 2) {
            for (int k = from; k < from + half; k++) {
                lanes[k] += lanes[k + half];
            }
        }
        return lanes[from];
    }

    private static DoubleVector fold(DoubleVector v, VectorShuffle<Double> turn, int lanes) {
        return COUNT > lanes ? v.add(v.rearrange(turn)) : v;
    }

    private static double firstTwo(DoubleVector v) {
        return v.lane(0) + v.lane(1);
    }

    private static boolean hardwareFma() {
        HotSpotDiagnosticMXBean flags = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
        return flags != null && Boolean.parseBoolean(flags.getVMOption("UseFMA").getValue());
    }
}
