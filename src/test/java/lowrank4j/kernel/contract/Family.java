package lowrank4j.kernel.contract;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import lowrank4j.kernel.Kernels;
import lowrank4j.kernel.Tier;
import lowrank4j.kernel.Tiers;
import lowrank4j.kernel.contract.KernelContract.Extent;
import lowrank4j.matrix.Matrix;

/** Operations that are checked together: subclasses name their checks when they are made. */
abstract class Family {
    /** What is run for a parameter. */
    @FunctionalInterface
    interface BodyOf<T> {
        void run(T parameter) throws Exception;
    }

    /** Around the multiples of 2, 4, 8 and 16 lanes, and primes: every tail of every width up to 1024 bits. */
    private static final List<Integer> SIZES =
            List.of(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 13, 15, 16, 17, 29, 31, 32, 33, 53, 64, 65, 97);

    /** A few of them, where three sizes are combined. */
    static final int[] FEW_SIZES = {0, 1, 3, 7, 8, 9, 17, 31, 33};

    private static final List<Integer> QUICK_SIZES = List.of(0, 1, 3, 8, 9, 17, 33, 65);

    private static final List<Layout> QUICK_LAYOUTS = List.of(Layout.DENSE, new Layout(1, 1), new Layout(3, 7));

    final Kernels reference = Tiers.select(Tier.REFERENCE).kernels();
    final Kernels kernels;

    private final String name;
    private final Extent extent;
    private final List<KernelCheck> checks = new ArrayList<>();

    Family(String name, Kernels kernels, Extent extent) {
        this.name = name;
        this.kernels = kernels;
        this.extent = extent;
    }

    final List<KernelCheck> checks() {
        return checks;
    }

    /** Adds a check. */
    final void check(String promise, KernelCheck.Body body) {
        checks.add(new KernelCheck(name, promise, body));
    }

    /** Adds a check for each of the parameters, which ends the promise. */
    final <T> void each(String promise, List<T> parameters, BodyOf<T> body) {
        for (T parameter : parameters) {
            check(promise + " " + parameter, () -> body.run(parameter));
        }
    }

    final boolean isQuick() {
        return extent == Extent.QUICK;
    }

    final List<Integer> sizes() {
        return isQuick() ? QUICK_SIZES : SIZES;
    }

    final List<Layout> layouts() {
        return isQuick() ? QUICK_LAYOUTS : Layout.ALL;
    }

    /** A random number generator that depends on the case only. */
    static Random seeded(Object... parameters) {
        return new Random(Arrays.hashCode(parameters));
    }

    static double[] gaussians(int length, Random random) {
        double[] values = new double[length];
        for (int i = 0; i < length; i++) {
            values[i] = random.nextGaussian();
        }
        return values;
    }

    static double[] absolute(double[] values) {
        double[] absolute = values.clone();
        for (int i = 0; i < absolute.length; i++) {
            absolute[i] = Math.abs(absolute[i]);
        }
        return absolute;
    }

    static double[] negated(double[] values) {
        double[] negated = values.clone();
        for (int i = 0; i < negated.length; i++) {
            negated[i] = -negated[i];
        }
        return negated;
    }

    static Matrix absolute(Matrix matrix) {
        return Matrix.wrap(absolute(matrix.toArray()), matrix.rows(), matrix.columns());
    }
}
