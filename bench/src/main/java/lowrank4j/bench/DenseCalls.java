package lowrank4j.bench;

import lowrank4j.blas.Blas;
import lowrank4j.blas.Lapack;
import lowrank4j.blas.OpenBlas;
import lowrank4j.blas.Side;
import lowrank4j.blas.Transpose;
import lowrank4j.blas.Triangle;
import lowrank4j.kernel.Kernels;
import lowrank4j.matrix.Matrix;

/** The operations that the native tier gives to OpenBLAS where they are large, shapes as in {@link Kernels}. */
interface DenseCalls {
    /** {@code C ← AB}. */
    void multiply(Matrix a, Matrix b, Matrix c);

    /** {@code G ← XᵀX}, both triangles. */
    void gram(Matrix x, Matrix g);

    /** {@code X ← X S⁻¹}; S becomes its factor. */
    void solve(Matrix s, Matrix x);

    /** S may be destroyed. */
    void eigen(Matrix s, double[] values, Matrix vectors);

    void svd(Matrix a, Matrix u, double[] values, Matrix v);

    void qr(Matrix a, Matrix q, Matrix r);

    /** By one tier of the library. */
    static DenseCalls of(Kernels kernels) {
        return new DenseCalls() {
            @Override
            public void multiply(Matrix a, Matrix b, Matrix c) {
                kernels.multiply(1, a, b, 0, c);
            }

            @Override
            public void gram(Matrix x, Matrix g) {
                kernels.gram(x, g);
            }

            @Override
            public void solve(Matrix s, Matrix x) {
                if (!kernels.cholesky(s)) {
                    throw new IllegalStateException("the matrix is not positive definite");
                }
                kernels.choleskySolve(s, x);
            }

            @Override
            public void eigen(Matrix s, double[] values, Matrix vectors) {
                kernels.symmetricEigen(s, values, vectors);
            }

            @Override
            public void svd(Matrix a, Matrix u, double[] values, Matrix v) {
                kernels.thinSvd(a, u, values, v);
            }

            @Override
            public void qr(Matrix a, Matrix q, Matrix r) {
                kernels.thinQr(a, q, r);
            }
        };
    }

    /** By OpenBLAS, whatever the size, as the native tier calls it: on matrices without gaps that lie on the heap. */
    static DenseCalls of(OpenBlas library) {
        Blas blas = library.blas();
        Lapack lapack = library.lapack();
        return new DenseCalls() {
            @Override
            public void multiply(Matrix a, Matrix b, Matrix c) {
                int k = a.columns();
                int n = b.columns();
                blas.gemm(
                        Transpose.NONE,
                        Transpose.NONE,
                        a.rows(),
                        n,
                        k,
                        1,
                        a.data(),
                        0,
                        k,
                        b.data(),
                        0,
                        n,
                        0,
                        c.data(),
                        0,
                        n);
            }

            @Override
            public void gram(Matrix x, Matrix g) {
                int r = x.columns();
                blas.syrk(Triangle.LOWER, Transpose.TRANSPOSED, r, x.rows(), 1, x.data(), 0, r, 0, g.data(), 0, r);
                mirrorLower(g);
            }

            @Override
            public void solve(Matrix s, Matrix x) {
                int r = s.rows();
                if (lapack.cholesky(Triangle.LOWER, r, s.data(), 0, r) != 0) {
                    throw new IllegalStateException("the matrix is not positive definite");
                }
                mirrorLower(s);
                lapack.choleskySolve(Side.RIGHT, Triangle.LOWER, r, x.rows(), s.data(), 0, r, x.data(), 0, r);
            }

            @Override
            public void eigen(Matrix s, double[] values, Matrix vectors) {
                int r = s.rows();
                lapack.symmetricEigen(Triangle.LOWER, r, s.data(), 0, r, values, 0, vectors.data(), 0, r);
            }

            @Override
            public void svd(Matrix a, Matrix u, double[] values, Matrix v) {
                int n = a.columns();
                lapack.thinSvd(a.rows(), n, a.data(), 0, n, u.data(), 0, n, values, 0, v.data(), 0, n);
            }

            @Override
            public void qr(Matrix a, Matrix q, Matrix r) {
                int n = a.columns();
                lapack.thinQr(a.rows(), n, a.data(), 0, n, q.data(), 0, n, r.data(), 0, n);
            }

            private static void mirrorLower(Matrix s) {
                double[] data = s.data();
                int r = s.rows();
                for (int i = 0; i < r; i++) {
                    for (int j = 0; j < i; j++) {
                        data[j * r + i] = data[i * r + j];
                    }
                }
            }
        };
    }
}
