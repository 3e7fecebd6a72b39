package lowrank4j.bench;

import java.util.SplittableRandom;
import lowrank4j.kernel.Engine;
import lowrank4j.kernel.Kernels;
import lowrank4j.matrix.Factors;
import lowrank4j.matrix.Matrix;
import lowrank4j.matrix.SparsePattern;
import lowrank4j.sensing.ObservedEntries;
import lowrank4j.sensing.Sides;
import org.openjdk.jmh.annotations.Param;

/**
 * One gradient of completion: residual, loss and both factor gradients. No BLAS has such an operation, so the peer is the same
 * in plain Java; NumPy and SciPy do it elsewhere in the same run.
 */
@SuppressWarnings("NullAway.Init") // JMH sets the parameters
public class CompletionBenchmark extends FamilyBenchmark {
    @Param({"VECTOR", "REFERENCE"})
    private Contender by;

    @Param({"1", "2"})
    private int threads;

    @Param({"4", "8", "16", "32", "64", "128"})
    private int r;

    /** Rows and columns; one entry in a hundred is observed: about 1e5, 1e6, 1e7 and 1e8. */
    @Param({"3200", "10000", "31600", "100000"})
    private int n;

    private SparsePattern pattern;
    private Matrix left;
    private Matrix right;
    private double[] y;
    private double[] residual;
    private Matrix gradLeft;
    private Matrix gradRight;

    @Override
    Call prepared() {
        SplittableRandom random = Numbers.random();
        pattern = pattern(random, n);
        left = Numbers.matrix(random, n, r);
        right = Numbers.matrix(random, n, r);
        y = random.doubles(pattern.count(), -1, 1).toArray();
        residual = new double[y.length];
        gradLeft = Matrix.zeros(n, r);
        gradRight = Matrix.zeros(n, r);
        gradient(Machinery.kernels(Contender.REFERENCE)).run();
        Matrix expected = gradRight.copy();
        gradLeft.fill(0);
        gradRight.fill(0);
        Call call = threads == 1 ? gradient(Machinery.kernels(by)) : gradientOfWorkers();
        call.run();
        Agreement.require(gradRight, expected);
        return call;
    }

    /** Of each hundred columns one, in each row another: as many in each row, in no order that a processor could foresee. */
    static SparsePattern pattern(SplittableRandom random, int n) {
        int inRow = n / 100;
        int[] rowStart = new int[n + 1];
        int[] columns = new int[n * inRow];
        for (int i = 0; i < n; i++) {
            rowStart[i + 1] = rowStart[i] + inRow;
            for (int k = 0; k < inRow; k++) {
                columns[rowStart[i] + k] = 100 * k + random.nextInt(100);
            }
        }
        return new SparsePattern(n, n, rowStart, columns);
    }

    private Call gradient(Kernels kernels) {
        return () -> kernels.completionGradient(pattern, 0, n, left, right, y, residual, gradLeft, gradRight);
    }

    private Call gradientOfWorkers() {
        Engine engine = Machinery.engine(by, threads);
        ObservedEntries entries = new ObservedEntries(pattern, engine);
        Factors factors = new Factors(left, right);
        return () -> entries.gradient(factors, y, residual, Sides.BOTH, gradLeft, gradRight);
    }
}
