package lowrank4j.bench;

import java.lang.foreign.MemorySegment;
import lowrank4j.blas.Lapack;
import lowrank4j.kernel.Kernels;
import lowrank4j.matrix.Matrix;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.SingularValueDecomposition_F64;
import org.openjdk.jmh.annotations.Param;

/** The thin singular value decomposition of an m×n matrix, m ≥ n. */
@SuppressWarnings("NullAway.Init") // JMH sets the parameters
public class SvdBenchmark extends FamilyBenchmark {
    @Param({"VECTOR", "NATIVE", "OPENBLAS", "EJML"})
    private Contender by;

    /** Rows and columns. */
    @Param({"16x16", "100x100", "1000x20", "1000x100", "300x300"})
    private String shape;

    private Matrix a;
    private int m;
    private int n;

    @Override
    Call prepared() {
        int[] extents = Shape.extents(shape);
        m = extents[0];
        n = extents[1];
        a = Numbers.matrix(Numbers.random(), m, n);
        return switch (by) {
            case VECTOR, NATIVE, REFERENCE -> ours(Machinery.kernels(by));
            case OPENBLAS -> ofOpenBlas(Machinery.openBlas(1).lapack());
            case EJML -> ofEjml();
            default -> throw absent(by);
        };
    }

    private Call ours(Kernels kernels) {
        Matrix u = Matrix.zeros(m, n);
        Matrix v = Matrix.zeros(n, n);
        double[] values = new double[n];
        Call call = () -> {
            kernels.thinSvd(a, u, values, v);
            return values[0];
        };
        call.run();
        requireProduct(u, values, v);
        return call;
    }

    private Call ofOpenBlas(Lapack lapack) {
        MemorySegment copy = Numbers.offHeap(arena, a);
        MemorySegment u = arena.allocate(8L * m * n, 64);
        MemorySegment v = arena.allocate(8L * n * n, 64);
        MemorySegment values = arena.allocate(8L * n, 64);
        Call call = () -> {
            lapack.thinSvd(m, n, copy, n, u, n, values, v, n);
            return 0;
        };
        call.run();
        requireProduct(Numbers.onHeap(u, m, n), Numbers.onHeap(values, 1, n).data(), Numbers.onHeap(v, n, n));
        return call;
    }

    private Call ofEjml() {
        DMatrixRMaj copy = new DMatrixRMaj(m, n);
        SingularValueDecomposition_F64<DMatrixRMaj> svd = DecompositionFactory_DDRM.svd(m, n, true, true, true);
        Call call = () -> {
            System.arraycopy(a.data(), 0, copy.data, 0, m * n);
            if (!svd.decompose(copy)) {
                throw new IllegalStateException("EJML did not converge");
            }
            return svd.getSingularValues()[0];
        };
        call.run();
        DMatrixRMaj u = svd.getU(null, false);
        DMatrixRMaj v = svd.getV(null, false);
        requireProduct(Matrix.wrap(u.data, m, n), svd.getSingularValues(), Matrix.wrap(v.data, n, n));
        return call;
    }

    /** {@code A = U diag(values) Vᵀ} with {@code VᵀV = I}, in whatever order and with whatever signs. */
    private void requireProduct(Matrix u, double[] values, Matrix v) {
        Kernels kernels = Machinery.kernels(Contender.REFERENCE);
        Matrix scaled = u.copy();
        for (int i = 0; i < m; i++) {
            for (int j = 0; j < n; j++) {
                scaled.set(i, j, u.get(i, j) * values[j]);
            }
        }
        Matrix back = Matrix.zeros(m, n);
        kernels.multiplyTransposed(1, scaled, v, 0, back);
        Agreement.require(back, a);
        Matrix identity = Matrix.zeros(n, n);
        kernels.gram(v, identity);
        Agreement.require(identity, Matrix.identity(n));
    }
}
