package lowrank4j.bench;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** Multiply-adds on registers alone: sixteen sums that do not wait for each other, so that each unit always has work. */
final class MultiplyAddRoof {
    private static final VectorSpecies<Double> DOUBLES = DoubleVector.SPECIES_PREFERRED;
    private static final int SUMS = 16;

    /** Of one call, a multiply-add being two. */
    static final int FLOPS = 2 * SUMS * 8 * 100_000;

    private static final int ROUNDS = FLOPS / (2 * SUMS * DOUBLES.length());

    /** So that no sum overflows. */
    private static final double FACTOR = 0.999;

    private MultiplyAddRoof() {}

    static double run() {
        DoubleVector f = DoubleVector.broadcast(DOUBLES, FACTOR);
        DoubleVector s0 = f;
        DoubleVector s1 = f;
        DoubleVector s2 = f;
        DoubleVector s3 = f;
        DoubleVector s4 = f;
        DoubleVector s5 = f;
        DoubleVector s6 = f;
        DoubleVector s7 = f;
        DoubleVector s8 = f;
        DoubleVector s9 = f;
        DoubleVector s10 = f;
        DoubleVector s11 = f;
        DoubleVector s12 = f;
        DoubleVector s13 = f;
        DoubleVector s14 = f;
        DoubleVector s15 = f;
        for (int round = 0; round < ROUNDS; round++) {
            s0 = s0.fma(f, f);
            s1 = s1.fma(f, f);
            s2 = s2.fma(f, f);
            s3 = s3.fma(f, f);
            s4 = s4.fma(f, f);
            s5 = s5.fma(f, f);
            s6 = s6.fma(f, f);
            s7 = s7.fma(f, f);
            s8 = s8.fma(f, f);
            s9 = s9.fma(f, f);
            s10 = s10.fma(f, f);
            s11 = s11.fma(f, f);
            s12 = s12.fma(f, f);
            s13 = s13.fma(f, f);
            s14 = s14.fma(f, f);
            s15 = s15.fma(f, f);
        }
        DoubleVector low = s0.add(s1).add(s2.add(s3)).add(s4.add(s5).add(s6.add(s7)));
        DoubleVector high = s8.add(s9).add(s10.add(s11)).add(s12.add(s13).add(s14.add(s15)));
        return low.add(high).reduceLanes(VectorOperators.ADD);
    }
}
