package lowrank4j.kernel.contract;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import lowrank4j.kernel.Kernels;
import lowrank4j.kernel.contract.KernelContract.Extent;
import lowrank4j.matrix.DenseRows;
import lowrank4j.matrix.DenseRows.Precision;
import lowrank4j.matrix.Ensemble;
import lowrank4j.matrix.SeededRows;

/** seededNumbers: the same bits as the formula's, and nothing else written. */
final class SeededContract extends Family {
    private static final List<Ensemble> ENSEMBLES = List.of(
            new Ensemble.Gaussian(), new Ensemble.Signs(), new Ensemble.Sparse(1 / 3.0), new Ensemble.Sparse(1e-6));

    /** Less than a block of signs, one, and more; multiples of 32 or not. */
    private static final List<Integer> WIDTHS = List.of(1, 31, 32, 33, 1000, 1024, 1025, 2100, 5000);

    private static final byte CANARY = -1; // as floats NaN, which no ensemble makes

    SeededContract(Kernels kernels, Extent extent) {
        super("seeded", kernels, extent);
        for (Ensemble ensemble : ENSEMBLES) {
            each(
                    ensemble + " rows of width",
                    isQuick() ? List.of(33, 2100) : WIDTHS,
                    width -> everyStartAndWidth(ensemble, width));
            check(ensemble + " rows in every kind of memory", () -> everyKindOfMemory(ensemble));
            check(ensemble + " rows of large numbers", () -> largeNumbers(ensemble));
        }
    }

    private void everyStartAndWidth(Ensemble ensemble, int width) {
        SeededRows rows = new SeededRows(ensemble, width, 9, width);
        int padded = (int) rows.paddedWidth();
        for (int first = 0; first <= padded; first += padded / 4 / 32 * 32 + 32) {
            for (int length = 0; first + length <= padded; length += (padded - first) / 3 / 32 * 32 + 32) {
                for (int to : new int[] {2, 5, 9}) {
                    try (Arena arena = Arena.ofConfined()) {
                        check(rows, 2, to, first, tile(8, length, Memory.SLICE, arena));
                    }
                }
            }
        }
    }

    private void everyKindOfMemory(Ensemble ensemble) {
        SeededRows rows = new SeededRows(ensemble, 5, 3, 1100);
        for (Memory memory : Memory.usable(!isQuick())) {
            if (memory != Memory.MAPPED) { // which is read-only
                try (Arena arena = Arena.ofShared()) {
                    check(rows, 0, 3, 64, tile(3, 992, memory, arena));
                }
            }
        }
    }

    /** Words whose numbers do not fit into 32 bits, and every bit of the seed. */
    private void largeNumbers(Ensemble ensemble) {
        int last = Integer.MAX_VALUE;
        for (long seed : new long[] {0, -1, Long.MIN_VALUE, 1L << 40}) {
            SeededRows rows = new SeededRows(ensemble, seed, last, last - 63);
            try (Arena arena = Arena.ofConfined()) {
                check(rows, last - 2, last, last / 64 * 32, tile(2, 96, Memory.ALLOCATED, arena));
                check(rows, last - 1, last, last - 63 - 64, tile(2, 64, Memory.ALLOCATED, arena));
            }
        }
    }

    private static DenseRows tile(int count, int width, Memory memory, Arena arena) {
        DenseRows rows = DenseRows.allocate(arena, count, width, Precision.FLOAT32);
        rows.segment().fill(CANARY);
        return memory.copyOf(rows, arena);
    }

    private void check(SeededRows rows, int from, int to, int first, DenseRows out) {
        String what = "seededNumbers " + rows + " " + from + ".." + to + " from " + first + ", " + out.width();
        DenseRows expected = DenseRows.allocate(Arena.ofAuto(), out.count(), out.width(), Precision.FLOAT32);
        MemorySegment numbers = expected.segment().fill(CANARY);
        reference.seededNumbers(rows, from, to, first, expected);
        kernels.seededNumbers(rows, from, to, first, out);
        long mismatch = out.segment().mismatch(numbers);
        Require.that(what + ": the bits of number " + mismatch / 4 + " of the output", mismatch < 0);
    }
}
