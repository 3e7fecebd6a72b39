package lowrank4j.bench;

import java.lang.foreign.MemorySegment;
import java.util.SplittableRandom;
import lowrank4j.blas.Lapack;
import lowrank4j.blas.Triangle;
import lowrank4j.kernel.Kernels;
import lowrank4j.kernel.Tier;
import lowrank4j.kernel.Tiers;
import lowrank4j.matrix.Matrix;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;
import org.openjdk.jmh.annotations.Param;

/** All eigenvalues and eigenvectors of a symmetric r×r matrix, each call from a copy, since some contenders destroy what they read. */
@SuppressWarnings("NullAway.Init") // JMH sets the parameters
public class EigenBenchmark extends FamilyBenchmark {
    @Param({"VECTOR", "NATIVE", "OPENBLAS", "EJML"})
    private Contender by;

    @Param({"2", "4", "8", "16", "24", "32", "64", "128"})
    private int r;

    private Matrix s;

    @Override
    Call prepared() {
        SplittableRandom random = Numbers.random();
        Matrix square = Numbers.matrix(random, r, r);
        s = Matrix.zeros(r, r);
        Tiers.select(Tier.REFERENCE).kernels().gram(square, s);
        return switch (by) {
            case VECTOR, NATIVE, REFERENCE -> ours(Machinery.kernels(by));
            case OPENBLAS -> ofOpenBlas(Machinery.openBlas(1).lapack());
            case EJML -> ofEjml();
            default -> throw absent(by);
        };
    }

    private Call ours(Kernels kernels) {
        Matrix copy = Matrix.zeros(r, r);
        Matrix vectors = Matrix.zeros(r, r);
        double[] values = new double[r];
        Call call = () -> {
            copy.copyFrom(s);
            kernels.symmetricEigen(copy, values, vectors);
            return values[0];
        };
        call.run();
        requireEigenpairs(values, vectors);
        return call;
    }

    private Call ofOpenBlas(Lapack lapack) {
        MemorySegment a = Numbers.offHeap(arena, s);
        MemorySegment vectors = arena.allocate(8L * r * r, 64);
        MemorySegment values = arena.allocate(8L * r, 64);
        Call call = () -> {
            lapack.symmetricEigen(Triangle.LOWER, r, a, r, values, vectors, r);
            return 0;
        };
        call.run();
        requireEigenpairs(Numbers.onHeap(values, 1, r).data(), Numbers.onHeap(vectors, r, r));
        return call;
    }

    private Call ofEjml() {
        DMatrixRMaj copy = new DMatrixRMaj(r, r);
        EigenDecomposition_F64<DMatrixRMaj> eigen = DecompositionFactory_DDRM.eig(r, true, true);
        Call call = () -> {
            System.arraycopy(s.data(), 0, copy.data, 0, r * r);
            if (!eigen.decompose(copy)) {
                throw new IllegalStateException("EJML did not converge");
            }
            return eigen.getEigenvalue(0).real;
        };
        call.run();
        double[] values = new double[r];
        Matrix vectors = Matrix.zeros(r, r);
        for (int j = 0; j < r; j++) {
            values[j] = eigen.getEigenvalue(j).real;
            double[] vector = eigen.getEigenVector(j).data;
            for (int i = 0; i < r; i++) {
                vectors.set(i, j, vector[i]);
            }
        }
        requireEigenpairs(values, vectors);
        return call;
    }

    /** {@code S = V diag(values) Vᵀ} and {@code VᵀV = I}, in whatever order and with whatever signs. */
    private void requireEigenpairs(double[] values, Matrix vectors) {
        Matrix scaled = vectors.copy();
        for (int i = 0; i < r; i++) {
            for (int j = 0; j < r; j++) {
                scaled.set(i, j, vectors.get(i, j) * values[j]);
            }
        }
        Matrix back = Matrix.zeros(r, r);
        Tiers.select(Tier.REFERENCE).kernels().multiplyTransposed(1, scaled, vectors, 0, back);
        Agreement.require(back, s);
        Matrix identity = Matrix.zeros(r, r);
        Tiers.select(Tier.REFERENCE).kernels().gram(vectors, identity);
        Agreement.require(identity, Matrix.identity(r));
    }
}
