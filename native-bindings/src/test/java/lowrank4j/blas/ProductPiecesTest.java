package lowrank4j.blas;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** No call holds up the garbage collector for long: what is critical is short, what is long sees nothing on the heap. */
class ProductPiecesTest {
    private record Call(boolean critical, boolean heap, long flops, long entries) {}

    private static final class Recorder implements BlasRoutines {
        private final List<Call> calls = new ArrayList<>();

        @Override
        public Precision precision() {
            return Precision.DOUBLE;
        }

        @Override
        public void gemm(
                boolean critical,
                Transpose transposeA,
                Transpose transposeB,
                int k,
                double alpha,
                Block a,
                Block b,
                double beta,
                Block c) {
            record(critical, 2L * c.rows() * c.columns() * k, a.data(), b.data(), c.data());
        }

        @Override
        public void syrk(
                boolean critical,
                Triangle triangle,
                Transpose transpose,
                int k,
                double alpha,
                Block a,
                double beta,
                Block c) {
            record(critical, (c.rows() + 1L) * c.rows() * k, a.data(), c.data());
        }

        @Override
        public void trsm(
                boolean critical,
                Side side,
                Triangle triangle,
                Transpose transpose,
                Diagonal diagonal,
                double alpha,
                Block a,
                Block b) {
            record(critical, (long) a.rows() * b.rows() * b.columns(), a.data(), b.data());
        }

        @Override
        public void transpose(double alpha, Block a, Block b) {
            record(true, (long) a.rows() * a.columns(), a.data(), b.data());
        }

        @Override
        public void gemv(
                boolean critical,
                Transpose transpose,
                double alpha,
                Block a,
                MemorySegment x,
                double beta,
                MemorySegment y) {
            record(critical, 2L * a.rows() * a.columns(), a.data(), x, y);
        }

        @Override
        public double dot(boolean critical, int n, MemorySegment x, MemorySegment y) {
            record(critical, 2L * n, x, y);
            return 0;
        }

        @Override
        public void axpy(boolean critical, int n, double alpha, MemorySegment x, MemorySegment y) {
            record(critical, 2L * n, x, y);
        }

        @Override
        public double nrm2(boolean critical, int n, MemorySegment x) {
            record(critical, 2L * n, x);
            return 0;
        }

        private void record(boolean critical, long flops, MemorySegment... operands) {
            boolean heap = false;
            long largest = 0;
            for (MemorySegment operand : operands) {
                heap |= !operand.isNative();
                largest = Math.max(largest, operand.byteSize() / Double.BYTES);
            }
            calls.add(new Call(critical, heap, flops, largest));
        }
    }

    private final Recorder recorder = new Recorder();
    private final Products products = new Products(recorder);

    @Test
    void productsOnTheHeapAreCutWhereOneExtentIsLong() {
        for (int[] shape : new int[][] {{100_003, 10, 10}, {10, 100_003, 10}, {10, 10, 100_003}, {125, 125, 125}}) {
            recorder.calls.clear();
            gemm(shape[0], shape[1], shape[2], false);
            assertThat(recorder.calls).allMatch(call -> call.critical() && call.flops() <= Products.CRITICAL_FLOPS);
            long flops = recorder.calls.stream().mapToLong(Call::flops).sum();
            assertThat(flops).isEqualTo(2L * shape[0] * shape[1] * shape[2]);
        }
        assertThat(recorder.calls).hasSize(1);
    }

    @Test
    void productsOnTheHeapAreCopiedWhereAllExtentsAreLong() {
        gemm(200, 200, 200, false);
        products.syrk(Triangle.LOWER, Transpose.NONE, 40, 1, heap(400, 40), 0, heap(400, 400));
        products.trsm(Side.LEFT, Triangle.LOWER, Transpose.NONE, Diagonal.STORED, 1, heap(300, 300), heap(300, 100));
        assertThat(recorder.calls).hasSize(3).allMatch(call -> !call.critical() && !call.heap());
    }

    @Test
    void symmetricProductsAndTriangularSolvesOnTheHeapAreCut() {
        products.syrk(Triangle.LOWER, Transpose.TRANSPOSED, 100_003, 1, heap(100_003, 10), 0, heap(10, 10));
        products.trsm(Side.RIGHT, Triangle.LOWER, Transpose.NONE, Diagonal.STORED, 1, heap(10, 10), heap(100_003, 10));
        assertThat(recorder.calls)
                .hasSizeGreaterThan(4)
                .allMatch(call -> call.critical() && call.flops() <= Products.CRITICAL_FLOPS);
    }

    @Test
    void whatReadsEachEntryOnceIsCutByEntries() {
        products.gemv(Transpose.NONE, 1, heap(1000, 1000), heap(1, 1000), 0, heap(1, 1000));
        products.gemv(Transpose.TRANSPOSED, 1, heap(2, 1_000_000), heap(1, 2), 0, heap(1, 1_000_000));
        products.dot(heap(1, 1_000_000), heap(1, 1_000_000));
        products.axpy(1, heap(1, 1_000_000), heap(1, 1_000_000));
        assertThat(products.nrm2(heap(1, 1_000_000))).isZero();
        assertThat(recorder.calls)
                .hasSizeGreaterThan(30)
                .allMatch(call -> call.critical() && call.entries() <= Products.CRITICAL_ENTRIES);
    }

    @Test
    void transpositionsAreCutIntoTiles() {
        products.transpose(1, heap(1000, 1003), offHeap(1003, 1000));
        assertThat(recorder.calls).allMatch(call -> call.flops() <= Products.CRITICAL_ENTRIES);
        assertThat(recorder.calls.stream().mapToLong(Call::flops).sum()).isEqualTo(1000 * 1003);
    }

    @Test
    void operandsOffTheHeapGoThroughOnePlainCall() {
        gemm(3000, 40, 40, true);
        gemm(3, 4, 5, true);
        assertThat(recorder.calls).hasSize(2).noneMatch(Call::critical);
    }

    private void gemm(int m, int n, int k, boolean isNative) {
        Block a = isNative ? offHeap(m, k) : heap(m, k);
        Block b = isNative ? offHeap(k, n) : heap(k, n);
        Block c = isNative ? offHeap(m, n) : heap(m, n);
        products.gemm(Transpose.NONE, Transpose.NONE, k, 1, a, b, 0.5, c);
    }

    private static Block heap(int rows, int columns) {
        MemorySegment data = MemorySegment.ofArray(new double[rows * columns]);
        return Block.matrix("a", data, 0, Precision.DOUBLE, rows, columns, columns);
    }

    private static Block offHeap(int rows, int columns) {
        MemorySegment data = Arena.ofAuto().allocate(8L * rows * columns, 8);
        return Block.matrix("a", data, 0, Precision.DOUBLE, rows, columns, columns);
    }
}
