package lowrank4j.kernel.vector;

import static jdk.incubator.vector.DoubleVector.fromArray;
import static jdk.incubator.vector.DoubleVector.zero;
import static lowrank4j.kernel.vector.Lanes.COUNT;
import static lowrank4j.kernel.vector.Lanes.DOUBLES;
import static lowrank4j.kernel.vector.Lanes.broadcast;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import jdk.incubator.vector.DoubleVector;

/** The loops of {@link SensingLanes} over rows of doubles, of d numbers each; vector j of x and of g holds their j-th numbers. */
final class SensingDoubleLanes {
    private static final long BYTES = 8;

    private SensingDoubleLanes() {}

    /** Vector i - from of {@code sums} ← Σⱼ aᵢⱼ xⱼ. */
    static void products(MemorySegment a, int d, int from, int to, double[] x, double[] sums) {
        int i = from;
        for (; i <= to - SensingLanes.HEIGHT; i += SensingLanes.HEIGHT) {
            eightProducts(a, BYTES * d * i, d, x, sums, (i - from) * COUNT);
        }
        for (; i < to; i++) {
            product(a, BYTES * d * i, d, x, sums, (i - from) * COUNT);
        }
    }

    private static void product(MemorySegment a, long row, int d, double[] x, double[] sums, int at) {
        DoubleVector sum = zero(DOUBLES);
        for (int j = 0; j < d; j++) {
            sum = Lanes.fma(number(a, row + BYTES * j), fromArray(DOUBLES, x, j * COUNT), sum);
        }
        Lanes.exact(sum).intoArray(sums, at);
    }

    private static void eightProducts(MemorySegment a, long row0, int d, double[] x, double[] sums, int at) {
        long row1 = row0 + BYTES * d;
        long row2 = row1 + BYTES * d;
        long row3 = row2 + BYTES * d;
        long row4 = row3 + BYTES * d;
        long row5 = row4 + BYTES * d;
        long row6 = row5 + BYTES * d;
        long row7 = row6 + BYTES * d;
        DoubleVector s0 = zero(DOUBLES);
        DoubleVector s1 = s0;
        DoubleVector s2 = s0;
        DoubleVector s3 = s0;
        DoubleVector s4 = s0;
        DoubleVector s5 = s0;
        DoubleVector s6 = s0;
        DoubleVector s7 = s0;
        for (int j = 0; j < d; j++) {
            DoubleVector xj = fromArray(DOUBLES, x, j * COUNT);
            s0 = Lanes.fma(number(a, row0 + BYTES * j), xj, s0);
            s1 = Lanes.fma(number(a, row1 + BYTES * j), xj, s1);
            s2 = Lanes.fma(number(a, row2 + BYTES * j), xj, s2);
            s3 = Lanes.fma(number(a, row3 + BYTES * j), xj, s3);
            s4 = Lanes.fma(number(a, row4 + BYTES * j), xj, s4);
            s5 = Lanes.fma(number(a, row5 + BYTES * j), xj, s5);
            s6 = Lanes.fma(number(a, row6 + BYTES * j), xj, s6);
            s7 = Lanes.fma(number(a, row7 + BYTES * j), xj, s7);
        }
        Lanes.exact(s0).intoArray(sums, at);
        Lanes.exact(s1).intoArray(sums, at + COUNT);
        Lanes.exact(s2).intoArray(sums, at + 2 * COUNT);
        Lanes.exact(s3).intoArray(sums, at + 3 * COUNT);
        Lanes.exact(s4).intoArray(sums, at + 4 * COUNT);
        Lanes.exact(s5).intoArray(sums, at + 5 * COUNT);
        Lanes.exact(s6).intoArray(sums, at + 6 * COUNT);
        Lanes.exact(s7).intoArray(sums, at + 7 * COUNT);
    }

    /** Vector j of g ← itself + Σᵢ aᵢⱼ zᵢ, zᵢ vector i - from of {@code z}. */
    static void combine(MemorySegment a, int d, int from, int to, double[] z, double[] g) {
        int i = from;
        for (; i <= to - SensingLanes.HEIGHT; i += SensingLanes.HEIGHT) {
            addEight(a, BYTES * d * i, d, z, (i - from) * COUNT, g);
        }
        for (; i < to; i++) {
            addOne(a, BYTES * d * i, d, z, (i - from) * COUNT, g);
        }
    }

    private static void addOne(MemorySegment a, long row, int d, double[] z, int at, double[] g) {
        DoubleVector zi = fromArray(DOUBLES, z, at);
        for (int j = 0; j < d; j++) {
            Lanes.fma(number(a, row + BYTES * j), zi, fromArray(DOUBLES, g, j * COUNT))
                    .intoArray(g, j * COUNT);
        }
    }

    private static void addEight(MemorySegment a, long row0, int d, double[] z, int at, double[] g) {
        long row1 = row0 + BYTES * d;
        long row2 = row1 + BYTES * d;
        long row3 = row2 + BYTES * d;
        long row4 = row3 + BYTES * d;
        long row5 = row4 + BYTES * d;
        long row6 = row5 + BYTES * d;
        long row7 = row6 + BYTES * d;
        DoubleVector z0 = fromArray(DOUBLES, z, at);
        DoubleVector z1 = fromArray(DOUBLES, z, at + COUNT);
        DoubleVector z2 = fromArray(DOUBLES, z, at + 2 * COUNT);
        DoubleVector z3 = fromArray(DOUBLES, z, at + 3 * COUNT);
        DoubleVector z4 = fromArray(DOUBLES, z, at + 4 * COUNT);
        DoubleVector z5 = fromArray(DOUBLES, z, at + 5 * COUNT);
        DoubleVector z6 = fromArray(DOUBLES, z, at + 6 * COUNT);
        DoubleVector z7 = fromArray(DOUBLES, z, at + 7 * COUNT);
        for (int j = 0; j < d; j++) {
            DoubleVector even = Lanes.fma(number(a, row0 + BYTES * j), z0, fromArray(DOUBLES, g, j * COUNT));
            DoubleVector odd = number(a, row1 + BYTES * j).mul(z1);
            even = Lanes.fma(number(a, row2 + BYTES * j), z2, even);
            odd = Lanes.fma(number(a, row3 + BYTES * j), z3, odd);
            even = Lanes.fma(number(a, row4 + BYTES * j), z4, even);
            odd = Lanes.fma(number(a, row5 + BYTES * j), z5, odd);
            even = Lanes.fma(number(a, row6 + BYTES * j), z6, even);
            odd = Lanes.fma(number(a, row7 + BYTES * j), z7, odd);
            Lanes.exact(even).add(odd).intoArray(g, j * COUNT);
        }
    }

    private static DoubleVector number(MemorySegment a, long offset) {
        return Lanes.exact(broadcast(a.get(ValueLayout.JAVA_DOUBLE, offset)));
    }
}
