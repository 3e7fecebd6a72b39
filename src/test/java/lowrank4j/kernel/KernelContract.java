package lowrank4j.kernel;

import java.util.Random;
import java.util.stream.IntStream;
import lowrank4j.kernel.reference.ReferenceKernels;
import lowrank4j.matrix.Matrix;

/**
 * What every implementation of {@link Kernels} owes to its callers. The subclasses are the families of operations; to check an
 * implementation, extend each of them.
 *
 * <p>Results are compared with the formulas of {@link ReferenceKernels}, entry by entry, within {@code c·k·eps} times the same
 * formula on absolute values. Everything that is not an output stands between canaries and must not change.
 */
public abstract class KernelContract {
    /** Around the multiples of 2, 4, 8 and 16 lanes, and primes: every tail of every width up to 1024 bits. */
    static final int[] SIZES = {0, 1, 2, 3, 4, 5, 7, 8, 9, 13, 15, 16, 17, 29, 31, 32, 33, 53, 64, 65, 97};

    /** A few of them, where three sizes are combined. */
    static final int[] FEW_SIZES = {0, 1, 3, 7, 8, 9, 17, 31, 33};

    final Kernels reference = new ReferenceKernels();
    final Kernels kernels;

    /** @param kernels the implementation to check */
    KernelContract(Kernels kernels) {
        this.kernels = kernels;
    }

    static IntStream sizes() {
        return IntStream.of(SIZES);
    }

    /** A random number generator that depends on the case only. */
    static Random seeded(Object... parameters) {
        return new Random(java.util.Arrays.hashCode(parameters));
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
