package lowrank4j.bench;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/** {@code aᵢ ← bᵢ + s cᵢ}, the triad of the STREAM benchmark: 24 bytes a number by its count, which leaves out that a is read too. */
final class Triad {
    private static final VectorSpecies<Double> DOUBLES = DoubleVector.SPECIES_PREFERRED;
    private static final int STEP = DOUBLES.length();

    private Triad() {}

    static void run(double[] a, double[] b, double[] c, double s) {
        DoubleVector factor = DoubleVector.broadcast(DOUBLES, s);
        int i = 0;
        for (; i <= a.length - 4 * STEP; i += 4 * STEP) {
            one(a, b, c, factor, i);
            one(a, b, c, factor, i + STEP);
            one(a, b, c, factor, i + 2 * STEP);
            one(a, b, c, factor, i + 3 * STEP);
        }
        for (; i < a.length; i++) {
            a[i] = b[i] + s * c[i];
        }
    }

    private static void one(double[] a, double[] b, double[] c, DoubleVector s, int i) {
        DoubleVector.fromArray(DOUBLES, c, i)
                .fma(s, DoubleVector.fromArray(DOUBLES, b, i))
                .intoArray(a, i);
    }
}
