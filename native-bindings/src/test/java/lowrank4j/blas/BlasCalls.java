package lowrank4j.blas;

/** The public products, called with operands in one kind of storage. */
final class BlasCalls {
    private final Storage storage;
    private final Blas blas = Library.open().blas();
    private final FloatBlas floatBlas = Library.open().floatBlas();

    BlasCalls(Storage storage) {
        this.storage = storage;
    }

    void gemm(Transpose transA, Transpose transB, double alpha, Operand a, Operand b, double beta, Operand c) {
        int m = c.rows();
        int n = c.columns();
        int k = transA == Transpose.NONE ? a.columns() : a.rows();
        switch (storage) {
            case DOUBLE_ARRAY ->
                blas.gemm(
                        transA,
                        transB,
                        m,
                        n,
                        k,
                        alpha,
                        a.doubles(),
                        a.offset(),
                        a.stride(),
                        b.doubles(),
                        b.offset(),
                        b.stride(),
                        beta,
                        c.doubles(),
                        c.offset(),
                        c.stride());
            case FLOAT_ARRAY ->
                floatBlas.gemm(
                        transA,
                        transB,
                        m,
                        n,
                        k,
                        (float) alpha,
                        a.floats(),
                        a.offset(),
                        a.stride(),
                        b.floats(),
                        b.offset(),
                        b.stride(),
                        (float) beta,
                        c.floats(),
                        c.offset(),
                        c.stride());
            case DOUBLE_HEAP_SEGMENT, DOUBLE_NATIVE_SEGMENT ->
                blas.gemm(
                        transA,
                        transB,
                        m,
                        n,
                        k,
                        alpha,
                        a.segment(),
                        a.stride(),
                        b.segment(),
                        b.stride(),
                        beta,
                        c.segment(),
                        c.stride());
            case FLOAT_HEAP_SEGMENT, FLOAT_NATIVE_SEGMENT ->
                floatBlas.gemm(
                        transA,
                        transB,
                        m,
                        n,
                        k,
                        (float) alpha,
                        a.segment(),
                        a.stride(),
                        b.segment(),
                        b.stride(),
                        (float) beta,
                        c.segment(),
                        c.stride());
        }
    }

    void syrk(Triangle triangle, Transpose transpose, double alpha, Operand a, double beta, Operand c) {
        int n = c.rows();
        int k = transpose == Transpose.NONE ? a.columns() : a.rows();
        switch (storage) {
            case DOUBLE_ARRAY ->
                blas.syrk(
                        triangle,
                        transpose,
                        n,
                        k,
                        alpha,
                        a.doubles(),
                        a.offset(),
                        a.stride(),
                        beta,
                        c.doubles(),
                        c.offset(),
                        c.stride());
            case FLOAT_ARRAY ->
                floatBlas.syrk(
                        triangle,
                        transpose,
                        n,
                        k,
                        (float) alpha,
                        a.floats(),
                        a.offset(),
                        a.stride(),
                        (float) beta,
                        c.floats(),
                        c.offset(),
                        c.stride());
            case DOUBLE_HEAP_SEGMENT, DOUBLE_NATIVE_SEGMENT ->
                blas.syrk(triangle, transpose, n, k, alpha, a.segment(), a.stride(), beta, c.segment(), c.stride());
            case FLOAT_HEAP_SEGMENT, FLOAT_NATIVE_SEGMENT ->
                floatBlas.syrk(
                        triangle,
                        transpose,
                        n,
                        k,
                        (float) alpha,
                        a.segment(),
                        a.stride(),
                        (float) beta,
                        c.segment(),
                        c.stride());
        }
    }

    void trsm(
            Side side, Triangle triangle, Transpose transpose, Diagonal diagonal, double alpha, Operand a, Operand b) {
        int m = b.rows();
        int n = b.columns();
        switch (storage) {
            case DOUBLE_ARRAY ->
                blas.trsm(
                        side,
                        triangle,
                        transpose,
                        diagonal,
                        m,
                        n,
                        alpha,
                        a.doubles(),
                        a.offset(),
                        a.stride(),
                        b.doubles(),
                        b.offset(),
                        b.stride());
            case FLOAT_ARRAY ->
                floatBlas.trsm(
                        side,
                        triangle,
                        transpose,
                        diagonal,
                        m,
                        n,
                        (float) alpha,
                        a.floats(),
                        a.offset(),
                        a.stride(),
                        b.floats(),
                        b.offset(),
                        b.stride());
            case DOUBLE_HEAP_SEGMENT, DOUBLE_NATIVE_SEGMENT ->
                blas.trsm(
                        side,
                        triangle,
                        transpose,
                        diagonal,
                        m,
                        n,
                        alpha,
                        a.segment(),
                        a.stride(),
                        b.segment(),
                        b.stride());
            case FLOAT_HEAP_SEGMENT, FLOAT_NATIVE_SEGMENT ->
                floatBlas.trsm(
                        side,
                        triangle,
                        transpose,
                        diagonal,
                        m,
                        n,
                        (float) alpha,
                        a.segment(),
                        a.stride(),
                        b.segment(),
                        b.stride());
        }
    }

    void gemv(Transpose transpose, double alpha, Operand a, Operand x, double beta, Operand y) {
        int m = a.rows();
        int n = a.columns();
        switch (storage) {
            case DOUBLE_ARRAY ->
                blas.gemv(
                        transpose,
                        m,
                        n,
                        alpha,
                        a.doubles(),
                        a.offset(),
                        a.stride(),
                        x.doubles(),
                        x.offset(),
                        beta,
                        y.doubles(),
                        y.offset());
            case FLOAT_ARRAY ->
                floatBlas.gemv(
                        transpose,
                        m,
                        n,
                        (float) alpha,
                        a.floats(),
                        a.offset(),
                        a.stride(),
                        x.floats(),
                        x.offset(),
                        (float) beta,
                        y.floats(),
                        y.offset());
            case DOUBLE_HEAP_SEGMENT, DOUBLE_NATIVE_SEGMENT ->
                blas.gemv(transpose, m, n, alpha, a.segment(), a.stride(), x.segment(), beta, y.segment());
            case FLOAT_HEAP_SEGMENT, FLOAT_NATIVE_SEGMENT ->
                floatBlas.gemv(
                        transpose,
                        m,
                        n,
                        (float) alpha,
                        a.segment(),
                        a.stride(),
                        x.segment(),
                        (float) beta,
                        y.segment());
        }
    }

    double dot(Operand x, Operand y) {
        int n = x.columns();
        return switch (storage) {
            case DOUBLE_ARRAY -> blas.dot(n, x.doubles(), x.offset(), y.doubles(), y.offset());
            case FLOAT_ARRAY -> floatBlas.dot(n, x.floats(), x.offset(), y.floats(), y.offset());
            case DOUBLE_HEAP_SEGMENT, DOUBLE_NATIVE_SEGMENT -> blas.dot(n, x.segment(), y.segment());
            case FLOAT_HEAP_SEGMENT, FLOAT_NATIVE_SEGMENT -> floatBlas.dot(n, x.segment(), y.segment());
        };
    }

    void axpy(double alpha, Operand x, Operand y) {
        int n = x.columns();
        switch (storage) {
            case DOUBLE_ARRAY -> blas.axpy(n, alpha, x.doubles(), x.offset(), y.doubles(), y.offset());
            case FLOAT_ARRAY -> floatBlas.axpy(n, (float) alpha, x.floats(), x.offset(), y.floats(), y.offset());
            case DOUBLE_HEAP_SEGMENT, DOUBLE_NATIVE_SEGMENT -> blas.axpy(n, alpha, x.segment(), y.segment());
            case FLOAT_HEAP_SEGMENT, FLOAT_NATIVE_SEGMENT -> floatBlas.axpy(n, (float) alpha, x.segment(), y.segment());
        }
    }

    double nrm2(Operand x) {
        int n = x.columns();
        return switch (storage) {
            case DOUBLE_ARRAY -> blas.nrm2(n, x.doubles(), x.offset());
            case FLOAT_ARRAY -> floatBlas.nrm2(n, x.floats(), x.offset());
            case DOUBLE_HEAP_SEGMENT, DOUBLE_NATIVE_SEGMENT -> blas.nrm2(n, x.segment());
            case FLOAT_HEAP_SEGMENT, FLOAT_NATIVE_SEGMENT -> floatBlas.nrm2(n, x.segment());
        };
    }
}
