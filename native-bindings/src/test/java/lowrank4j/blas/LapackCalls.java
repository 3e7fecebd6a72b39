package lowrank4j.blas;

/** The public factorisations, called with operands in one kind of storage. */
final class LapackCalls {
    private final Storage storage;
    private final Lapack lapack = Library.open().lapack();
    private final FloatLapack floatLapack = Library.open().floatLapack();

    LapackCalls(Storage storage) {
        this.storage = storage;
    }

    int cholesky(Triangle triangle, Operand a) {
        int n = a.rows();
        return switch (storage) {
            case DOUBLE_ARRAY -> lapack.cholesky(triangle, n, a.doubles(), a.offset(), a.stride());
            case FLOAT_ARRAY -> floatLapack.cholesky(triangle, n, a.floats(), a.offset(), a.stride());
            case DOUBLE_HEAP_SEGMENT, DOUBLE_NATIVE_SEGMENT -> lapack.cholesky(triangle, n, a.segment(), a.stride());
            case FLOAT_HEAP_SEGMENT, FLOAT_NATIVE_SEGMENT -> floatLapack.cholesky(triangle, n, a.segment(), a.stride());
        };
    }

    void choleskySolve(Side side, Triangle triangle, Operand a, Operand b) {
        int n = a.rows();
        int count = side == Side.LEFT ? b.columns() : b.rows();
        switch (storage) {
            case DOUBLE_ARRAY ->
                lapack.choleskySolve(
                        side,
                        triangle,
                        n,
                        count,
                        a.doubles(),
                        a.offset(),
                        a.stride(),
                        b.doubles(),
                        b.offset(),
                        b.stride());
            case FLOAT_ARRAY ->
                floatLapack.choleskySolve(
                        side,
                        triangle,
                        n,
                        count,
                        a.floats(),
                        a.offset(),
                        a.stride(),
                        b.floats(),
                        b.offset(),
                        b.stride());
            case DOUBLE_HEAP_SEGMENT, DOUBLE_NATIVE_SEGMENT ->
                lapack.choleskySolve(side, triangle, n, count, a.segment(), a.stride(), b.segment(), b.stride());
            case FLOAT_HEAP_SEGMENT, FLOAT_NATIVE_SEGMENT ->
                floatLapack.choleskySolve(side, triangle, n, count, a.segment(), a.stride(), b.segment(), b.stride());
        }
    }

    void thinQr(Operand a, Operand q, Operand r) {
        int m = a.rows();
        int n = a.columns();
        switch (storage) {
            case DOUBLE_ARRAY ->
                lapack.thinQr(
                        m,
                        n,
                        a.doubles(),
                        a.offset(),
                        a.stride(),
                        q.doubles(),
                        q.offset(),
                        q.stride(),
                        r.doubles(),
                        r.offset(),
                        r.stride());
            case FLOAT_ARRAY ->
                floatLapack.thinQr(
                        m,
                        n,
                        a.floats(),
                        a.offset(),
                        a.stride(),
                        q.floats(),
                        q.offset(),
                        q.stride(),
                        r.floats(),
                        r.offset(),
                        r.stride());
            case DOUBLE_HEAP_SEGMENT, DOUBLE_NATIVE_SEGMENT ->
                lapack.thinQr(m, n, a.segment(), a.stride(), q.segment(), q.stride(), r.segment(), r.stride());
            case FLOAT_HEAP_SEGMENT, FLOAT_NATIVE_SEGMENT ->
                floatLapack.thinQr(m, n, a.segment(), a.stride(), q.segment(), q.stride(), r.segment(), r.stride());
        }
    }

    void thinSvd(Operand a, Operand u, Operand values, Operand v) {
        int m = a.rows();
        int n = a.columns();
        switch (storage) {
            case DOUBLE_ARRAY ->
                lapack.thinSvd(
                        m,
                        n,
                        a.doubles(),
                        a.offset(),
                        a.stride(),
                        u.doubles(),
                        u.offset(),
                        u.stride(),
                        values.doubles(),
                        values.offset(),
                        v.doubles(),
                        v.offset(),
                        v.stride());
            case FLOAT_ARRAY ->
                floatLapack.thinSvd(
                        m,
                        n,
                        a.floats(),
                        a.offset(),
                        a.stride(),
                        u.floats(),
                        u.offset(),
                        u.stride(),
                        values.floats(),
                        values.offset(),
                        v.floats(),
                        v.offset(),
                        v.stride());
            case DOUBLE_HEAP_SEGMENT, DOUBLE_NATIVE_SEGMENT ->
                lapack.thinSvd(
                        m,
                        n,
                        a.segment(),
                        a.stride(),
                        u.segment(),
                        u.stride(),
                        values.segment(),
                        v.segment(),
                        v.stride());
            case FLOAT_HEAP_SEGMENT, FLOAT_NATIVE_SEGMENT ->
                floatLapack.thinSvd(
                        m,
                        n,
                        a.segment(),
                        a.stride(),
                        u.segment(),
                        u.stride(),
                        values.segment(),
                        v.segment(),
                        v.stride());
        }
    }

    void symmetricEigen(Triangle triangle, Operand a, Operand values, Operand v) {
        int n = a.rows();
        switch (storage) {
            case DOUBLE_ARRAY ->
                lapack.symmetricEigen(
                        triangle,
                        n,
                        a.doubles(),
                        a.offset(),
                        a.stride(),
                        values.doubles(),
                        values.offset(),
                        v.doubles(),
                        v.offset(),
                        v.stride());
            case FLOAT_ARRAY ->
                floatLapack.symmetricEigen(
                        triangle,
                        n,
                        a.floats(),
                        a.offset(),
                        a.stride(),
                        values.floats(),
                        values.offset(),
                        v.floats(),
                        v.offset(),
                        v.stride());
            case DOUBLE_HEAP_SEGMENT, DOUBLE_NATIVE_SEGMENT ->
                lapack.symmetricEigen(triangle, n, a.segment(), a.stride(), values.segment(), v.segment(), v.stride());
            case FLOAT_HEAP_SEGMENT, FLOAT_NATIVE_SEGMENT ->
                floatLapack.symmetricEigen(
                        triangle, n, a.segment(), a.stride(), values.segment(), v.segment(), v.stride());
        }
    }

    void leastSquares(Operand a, Operand b, Operand x) {
        int m = a.rows();
        int n = a.columns();
        int count = b.columns();
        switch (storage) {
            case DOUBLE_ARRAY ->
                lapack.leastSquares(
                        m,
                        n,
                        count,
                        a.doubles(),
                        a.offset(),
                        a.stride(),
                        b.doubles(),
                        b.offset(),
                        b.stride(),
                        x.doubles(),
                        x.offset(),
                        x.stride());
            case FLOAT_ARRAY ->
                floatLapack.leastSquares(
                        m,
                        n,
                        count,
                        a.floats(),
                        a.offset(),
                        a.stride(),
                        b.floats(),
                        b.offset(),
                        b.stride(),
                        x.floats(),
                        x.offset(),
                        x.stride());
            case DOUBLE_HEAP_SEGMENT, DOUBLE_NATIVE_SEGMENT ->
                lapack.leastSquares(
                        m, n, count, a.segment(), a.stride(), b.segment(), b.stride(), x.segment(), x.stride());
            case FLOAT_HEAP_SEGMENT, FLOAT_NATIVE_SEGMENT ->
                floatLapack.leastSquares(
                        m, n, count, a.segment(), a.stride(), b.segment(), b.stride(), x.segment(), x.stride());
        }
    }
}
