package lowrank4j.blas;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import java.lang.foreign.MemorySegment;

/**
 * Factorisations of row-major operands, for either precision, by routines that know columns only.
 *
 * <p>A row-major m×n matrix is the column-major form of its n×m transpose. So symmetric matrices need no transposition, and of a
 * wide matrix {@code Aᵀ = V S Uᵀ} is decomposed without any. All work is done off the heap.
 */
final class Factorizations {
    private final LapackRoutines routines;
    private final Products products;
    private final Precision precision;

    Factorizations(LapackRoutines routines, Products products) {
        this.routines = routines;
        this.products = products;
        this.precision = routines.precision();
    }

    Precision precision() {
        return precision;
    }

    /** The factor in place of one triangle of {@code a}, and 0; or the order of the first leading minor that is not positive. */
    int cholesky(Triangle triangle, Block a) {
        int n = a.rows();
        if (n == 0) {
            return 0;
        }
        try (Scratch scratch = Scratch.open()) {
            Block factor = scratch.offHeap(a);
            int info = called("potrf", routines.potrf(triangle.mirrored(), n, factor.data(), factor.stride()));
            // OpenBLAS takes NaN for positive; it then stands on the diagonal from the failing order on.
            for (int i = 0; i < n && info == 0; i++) {
                info = Double.isFinite(factor.get(i, i)) ? 0 : i + 1;
            }
            if (info == 0 && a.onHeap()) {
                factor.copyTriangleTo(a, triangle);
            }
            return info;
        }
    }

    /** {@code B ← X}, where {@code A X = B} or {@code X A = B} and {@code factor} came from {@link #cholesky}. */
    void choleskySolve(Side side, Triangle triangle, Block factor, Block b) {
        if (b.isEmpty()) {
            return;
        }
        int n = factor.rows();
        try (Scratch scratch = Scratch.open()) {
            Block a = scratch.offHeap(factor);
            // One right side to a row; with A on the right that is how they are stored.
            Block x = side == Side.LEFT ? transposed(1, b, scratch) : scratch.offHeap(b);
            called(
                    "potrs",
                    routines.potrs(triangle.mirrored(), n, x.rows(), a.data(), a.stride(), x.data(), x.stride()));
            if (side == Side.LEFT) {
                products.transpose(1, x, b);
            } else if (b.onHeap()) {
                x.copyTo(b);
            }
        }
    }

    /** {@code A = QR}, A m×n, Q m×k, R k×n, k the smaller extent. */
    void thinQr(Block a, Block q, Block r) {
        int m = a.rows();
        int n = a.columns();
        int k = Math.min(m, n);
        if (k == 0) {
            return;
        }
        try (Scratch scratch = Scratch.open()) {
            Block columns = transposed(1, a, scratch);
            requireFinite("a", a, columns);
            MemorySegment tau = scratch.take((long) k * precision.bytes());
            MemorySegment query = scratch.take(precision.bytes());
            called("geqrf", routines.geqrf(m, n, columns.data(), m, tau, query, -1));
            int lwork = workLength("geqrf", query, n);
            MemorySegment work = scratch.take((long) lwork * precision.bytes());
            called("geqrf", routines.geqrf(m, n, columns.data(), m, tau, work, lwork));
            products.transpose(1, columns.part(0, 0, n, k), r);
            for (int i = 1; i < k; i++) {
                r.part(i, 0, 1, i).data().fill((byte) 0); // the reflectors lie there
            }
            called("orgqr", routines.orgqr(m, k, k, columns.data(), m, tau, query, -1));
            int lworkOfQ = workLength("orgqr", query, k);
            MemorySegment workOfQ = lworkOfQ <= lwork ? work : scratch.take((long) lworkOfQ * precision.bytes());
            called("orgqr", routines.orgqr(m, k, k, columns.data(), m, tau, workOfQ, lworkOfQ));
            products.transpose(1, columns.part(0, 0, k, m), q);
        }
    }

    /** {@code A = U diag(values) Vᵀ}, A m×n, U m×k, V n×k, k the smaller extent, values descending. */
    void thinSvd(Block a, Block u, Block values, Block v) {
        int m = a.rows();
        int n = a.columns();
        int k = Math.min(m, n);
        if (k == 0) {
            return;
        }
        try (Scratch scratch = Scratch.open()) {
            Block tall = tall(a, scratch);
            requireFinite("a", a, tall);
            Block left = scratch.block(precision, k, tall.columns());
            Block right = scratch.block(precision, k, k);
            MemorySegment s = scratch.take((long) k * precision.bytes());
            MemorySegment iwork = scratch.take(8L * k * Integer.BYTES);
            MemorySegment query = scratch.take(precision.bytes());
            called("gesdd", gesdd(tall, s, left, right, query, -1, iwork));
            int lwork = workLength("gesdd", query, 4L * k * k + 7L * k);
            MemorySegment work = scratch.take((long) lwork * precision.bytes());
            int info = called("gesdd", gesdd(tall, s, left, right, work, lwork, iwork));
            if (info > 0) {
                throw new BlasException(
                        "the singular value decomposition of a " + m + "x" + n + " matrix did not converge", info);
            }
            // The columns of the left factor lie in the rows of its block, the rows of the right one in its columns.
            products.transpose(1, left, m > n ? u : v);
            right.copyTo(m > n ? v : u);
            MemorySegment.copy(s, 0, values.data(), 0, s.byteSize());
        }
    }

    /**
     * The longer of A and Aᵀ by columns, a column to a row of the block. LAPACK takes twice as long for a wide matrix as for a tall
     * one, far longer than the transposition of the copy takes.
     */
    private Block tall(Block a, Scratch scratch) {
        return a.rows() > a.columns() ? transposed(1, a, scratch) : scratch.copy(a);
    }

    private int gesdd(
            Block tall, MemorySegment s, Block left, Block right, MemorySegment work, int lwork, MemorySegment iwork) {
        int m = tall.columns();
        int k = tall.rows();
        return routines.gesdd(m, k, tall.data(), m, s, left.data(), m, right.data(), k, work, lwork, iwork);
    }

    /** {@code A = V diag(values) Vᵀ}, A n×n symmetric, values descending. */
    void symmetricEigen(Triangle triangle, Block a, Block values, Block v) {
        int n = a.rows();
        if (n == 0) {
            return;
        }
        try (Scratch scratch = Scratch.open()) {
            // LAPACK orders ascending: -A has the same vectors, the largest value of A first.
            Block vectors = transposed(-1, a, scratch);
            if (!products.squaresAreFinite(vectors)) {
                a.requireFinite("a", triangle);
            }
            Block negated = scratch.block(precision, 1, n);
            int liwork = 3 + 5 * n;
            MemorySegment iwork = scratch.take((long) liwork * Integer.BYTES);
            MemorySegment query = scratch.take(precision.bytes());
            called("syevd", syevd(triangle, vectors, negated, query, -1, iwork, liwork));
            int lwork = workLength("syevd", query, 1 + 6L * n + 2L * n * n);
            MemorySegment work = scratch.take((long) lwork * precision.bytes());
            int info = called("syevd", syevd(triangle, vectors, negated, work, lwork, iwork, liwork));
            if (info > 0) {
                throw new BlasException(
                        "the eigenvalues of a symmetric " + n + "x" + n + " matrix did not converge", info);
            }
            products.transpose(1, vectors, v);
            for (int i = 0; i < n; i++) {
                values.set(0, i, 0 - negated.get(0, i)); // never -0
            }
        }
    }

    private int syevd(
            Triangle triangle, Block a, Block values, MemorySegment work, int lwork, MemorySegment iwork, int liwork) {
        int n = a.rows();
        return routines.syevd(triangle, n, a.data(), n, values.data(), work, lwork, iwork, liwork);
    }

    /** The X, n×count, of least {@code |AX - B|}, and of those the smallest, A m×n of full rank. */
    void leastSquares(Block a, Block b, Block x) {
        if (x.isEmpty()) {
            return;
        }
        if (a.isEmpty()) {
            x.scale(0);
            return;
        }
        int m = a.rows();
        int n = a.columns();
        int longest = Math.max(m, n);
        int count = x.columns();
        try (Scratch scratch = Scratch.open()) {
            Block tall = tall(a, scratch);
            requireFinite("a", a, tall);
            Transpose transpose = m > n ? Transpose.NONE : Transpose.TRANSPOSED;
            Block columns = scratch.block(precision, count, longest);
            columns.data().fill((byte) 0);
            products.transpose(1, b, columns.part(0, 0, count, m));
            requireFinite("b", b, columns);
            MemorySegment query = scratch.take(precision.bytes());
            called("gels", gels(transpose, tall, columns, query, -1));
            int lwork = workLength("gels", query, Math.min(m, n) + (long) Math.max(longest, count));
            MemorySegment work = scratch.take((long) lwork * precision.bytes());
            int info = called("gels", gels(transpose, tall, columns, work, lwork));
            if (info > 0) {
                throw new BlasException(
                        "least squares with a " + m + "x" + n + " matrix that has not full rank: pivot " + info
                                + " is 0",
                        info);
            }
            products.transpose(1, columns.part(0, 0, count, n), x);
        }
    }

    private int gels(Transpose transpose, Block tall, Block b, MemorySegment work, int lwork) {
        int m = tall.columns();
        int n = tall.rows();
        return routines.gels(transpose, m, n, b.rows(), tall.data(), m, b.data(), b.stride(), work, lwork);
    }

    /** A compact copy of {@code αAᵀ}. */
    private Block transposed(double alpha, Block a, Scratch scratch) {
        Block copy = scratch.block(precision, a.columns(), a.rows());
        products.transpose(alpha, a, copy);
        return copy;
    }

    /** Refuses {@code a} if its copy holds NaN or infinity: routines that iterate may never return on such input. */
    private void requireFinite(String name, Block a, Block copy) {
        if (!products.squaresAreFinite(copy)) {
            a.requireFinite(name);
        }
    }

    /** The work length that {@code query} holds, refused where LAPACK cannot count that far. */
    private int workLength(String routine, MemorySegment query, long least) {
        double best = switch (precision) {
            case DOUBLE -> query.get(JAVA_DOUBLE, 0);
            case FLOAT -> query.get(JAVA_FLOAT, 0);
        };
        long length = Math.max((long) best, least);
        if (length > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(routines.name(routine) + " would need a work space of " + length
                    + " entries for a matrix of this size: at most " + Integer.MAX_VALUE + " can be counted");
        }
        return (int) length;
    }

    /** {@code info}, unless it says that the routine was called wrongly. */
    private int called(String routine, int info) {
        if (info < 0) {
            throw new BlasException(routines.name(routine) + " refused its argument " + -info, info);
        }
        return info;
    }
}
