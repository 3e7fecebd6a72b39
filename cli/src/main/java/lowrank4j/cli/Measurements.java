package lowrank4j.cli;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import lowrank4j.error.BadDataException;
import lowrank4j.io.ElementType;
import lowrank4j.io.Npy;
import lowrank4j.io.NpyArray;
import lowrank4j.io.NpyHeader;
import lowrank4j.kernel.Workers;
import lowrank4j.matrix.DenseRows;
import lowrank4j.matrix.Magnitude;
import lowrank4j.matrix.ReadAhead;

/**
 * Measurement matrices and what they measured, as {@code sense} reads them: shapes checked, every number finite.
 *
 * @param rows one measurement matrix a row, whole or packed
 * @param shape of the unknown
 * @param observed one number a row
 */
record Measurements(DenseRows rows, Shape shape, double[] observed) {
    /** From this size on a file is mapped: reading it first would cost as much memory as the file. */
    static final long MAPPED_BYTES = 64L << 20;

    /** Measurements that one thread checks at a time. */
    private static final int BLOCK = 16;

    private static final int CHUNK = 1 << 13;

    /** Measurement matrices, about, whose magnitude is looked at. */
    private static final int MOST_LOOKED_AT = 16;

    /**
     * Reads both files.
     *
     * @param symmetric whether only the symmetric parts are wanted, packed
     * @param arena what the measurement matrices belong to
     */
    static Measurements read(Path matrices, Path values, boolean symmetric, int threads, Arena arena) {
        NpyHeader header = Npy.readHeader(matrices);
        Shape shape = checkedShapes(matrices, header, values, Npy.readHeader(values), symmetric);
        double[] observed = observed(values);
        try (Workers workers = new Workers(threads)) {
            DenseRows rows = symmetric
                    ? packed(matrices, header, shape.rows(), workers, arena)
                    : whole(matrices, header, workers, arena);
            requireMagnitude(matrices, rows);
            return new Measurements(rows, shape, observed);
        }
    }

    /** Matrices of a size whose squares vanish or overflow are of this size all over: some of them tell. */
    private static void requireMagnitude(Path matrices, DenseRows rows) {
        int step = Math.max(1, rows.count() / MOST_LOOKED_AT);
        double[] largest = new double[(rows.count() - 1) / step + 1];
        for (int i = 0; i < largest.length; i++) {
            for (int k = 0; k < rows.width(); k++) {
                largest[i] = Math.max(largest[i], Math.abs(rows.get(i * step, k)));
            }
        }
        Magnitude.objection(largest).ifPresent(objection -> {
            throw new BadDataException(matrices + ": " + objection);
        });
    }

    private static Shape checkedShapes(
            Path matrices, NpyHeader header, Path values, NpyHeader valueHeader, boolean symmetric) {
        long[] a = header.shape();
        long[] y = valueHeader.shape();
        String both = matrices + " has the shape " + text(a) + " and " + values + " the shape " + text(y);
        if (a.length != 3 || y.length != 1) {
            throw new BadDataException(both + "; m x n1 x n2 matrices and m values are expected");
        }
        if (a[0] != y[0]) {
            throw new BadDataException(
                    both + ": " + a[0] + " measurement matrices, but " + y[0] + " values; the counts must be equal");
        }
        if (a[0] < 1 || a[1] < 1 || a[2] < 1) {
            throw new BadDataException(both + ": nothing is measured; at least 1 of each is needed");
        }
        if (a[0] > Integer.MAX_VALUE || a[1] > Integer.MAX_VALUE / a[2]) {
            throw new BadDataException(both + ": at most 2147483647 measurements of as many entries are possible");
        }
        if (symmetric && a[1] != a[2]) {
            throw new BadDataException(both + "; --psd needs square measurement matrices");
        }
        return new Shape((int) a[1], (int) a[2]);
    }

    /** Measured values where no matrices say how many there must be. */
    static double[] observedVector(Path values) {
        long[] shape = Npy.readHeader(values).shape();
        if (shape.length != 1 || shape[0] < 1) {
            throw new BadDataException(
                    values + " has the shape " + text(shape) + "; m values, at least 1, are expected");
        }
        return observed(values);
    }

    /** Finite numbers whose squares are too. */
    static double[] observed(Path values) {
        try (Arena arena = Arena.ofConfined()) {
            double[] observed = Npy.read(values, arena).toDoubles();
            for (int i = 0; i < observed.length; i++) {
                if (!Double.isFinite(observed[i])) {
                    throw new BadDataException(
                            values + ": element " + i + " is " + observed[i] + ", but must be finite");
                }
            }
            Magnitude.objection(observed).ifPresent(objection -> {
                throw new BadDataException(values + ": " + objection);
            });
            return observed;
        }
    }

    private static DenseRows whole(Path matrices, NpyHeader header, Workers workers, Arena arena) {
        NpyArray array = header.byteCount() < MAPPED_BYTES ? Npy.read(matrices, arena) : Npy.map(matrices, arena);
        DenseRows rows = rows(array);
        requireFinite(matrices, header, array, inBlocks(workers, rows, (from, to) -> firstBad(rows, from, to)));
        return rows;
    }

    private static DenseRows rows(NpyArray array) {
        long[] shape = array.shape();
        return DenseRows.wrap(
                array.data(), (int) shape[0], (int) (shape[1] * shape[2]), precision(array.elementType()));
    }

    private static DenseRows.Precision precision(ElementType type) {
        return switch (type) {
            case FLOAT32 -> DenseRows.Precision.FLOAT32;
            case FLOAT64 -> DenseRows.Precision.FLOAT64;
        };
    }

    /** The upper triangles of (A + Aᵀ)/2: what A sees of a symmetric X, in half the memory. */
    private static DenseRows packed(Path matrices, NpyHeader header, int n, Workers workers, Arena arena) {
        try (Arena scratch = Arena.ofShared()) {
            NpyArray array = Npy.map(matrices, scratch);
            DenseRows source = rows(array);
            DenseRows target = allocate(arena, source, Math.toIntExact((long) n * (n + 1) / 2), matrices);
            int bad = inBlocks(workers, source, (from, to) -> switch (source.precision()) {
                case FLOAT32 -> SymmetricPacking.packFloats(source, target, n, from, to);
                case FLOAT64 -> SymmetricPacking.packDoubles(source, target, n, from, to);
            });
            requireFinite(matrices, header, array, bad);
            return target;
        }
    }

    private static DenseRows allocate(Arena arena, DenseRows like, int width, Path matrices) {
        MemoryNeed.require(
                (long) like.count() * width * like.precision().bytes(),
                matrices + ": the symmetric parts of its matrices",
                "without --psd the file is used where it is");
        return DenseRows.allocate(arena, like.count(), width, like.precision());
    }

    /** Looks at measurements from … to - 1 and returns the first that is not finite, or a number beyond all. */
    @FunctionalInterface
    private interface Look {
        int firstBad(int from, int to);
    }

    /** Goes through the rows once, in the order of the file. */
    private static int inBlocks(Workers workers, DenseRows rows, Look look) {
        AtomicInteger bad = new AtomicInteger(Integer.MAX_VALUE);
        Optional<ReadAhead> ahead = rows.readAhead();
        try {
            workers.run((rows.count() - 1) / BLOCK + 1, block -> {
                int from = block * BLOCK;
                int to = (int) Math.min(rows.count(), from + (long) BLOCK);
                ahead.ifPresent(reader -> reader.await(to));
                bad.accumulateAndGet(look.firstBad(from, to), Math::min);
                ahead.ifPresent(reader -> reader.release(from, to));
            });
        } finally {
            ahead.ifPresent(ReadAhead::close);
        }
        return bad.get();
    }

    private static int firstBad(DenseRows rows, int from, int to) {
        for (int i = from; i < to; i++) {
            boolean finite = switch (rows.precision()) {
                case FLOAT32 -> areFiniteFloats(rows, i);
                case FLOAT64 -> areFiniteDoubles(rows, i);
            };
            if (!finite) {
                return i;
            }
        }
        return Integer.MAX_VALUE;
    }

    private static boolean areFiniteDoubles(DenseRows rows, int row) {
        double[] chunk = new double[CHUNK];
        double probe = 0;
        for (int from = 0; from < rows.width(); from += CHUNK) {
            int length = Math.min(CHUNK, rows.width() - from);
            long offset = rows.byteOffset(row) + (long) from * Double.BYTES;
            MemorySegment.copy(rows.segment(), ValueLayout.JAVA_DOUBLE, offset, chunk, 0, length);
            for (int k = 0; k < length; k++) {
                // Zero times a finite number is zero, times any other NaN.
                probe += 0 * chunk[k];
            }
        }
        return probe == 0;
    }

    private static boolean areFiniteFloats(DenseRows rows, int row) {
        float[] chunk = new float[CHUNK];
        float probe = 0;
        for (int from = 0; from < rows.width(); from += CHUNK) {
            int length = Math.min(CHUNK, rows.width() - from);
            long offset = rows.byteOffset(row) + (long) from * Float.BYTES;
            MemorySegment.copy(rows.segment(), ValueLayout.JAVA_FLOAT, offset, chunk, 0, length);
            for (int k = 0; k < length; k++) {
                probe += 0 * chunk[k];
            }
        }
        return probe == 0;
    }

    private static void requireFinite(Path matrices, NpyHeader header, NpyArray array, int bad) {
        if (bad == Integer.MAX_VALUE) {
            return;
        }
        DenseRows rows = rows(array);
        int columns = (int) header.shape()[2];
        for (int k = 0; k < rows.width(); k++) {
            double value = rows.get(bad, k);
            if (!Double.isFinite(value)) {
                throw new BadDataException(matrices + ": measurement " + bad + " holds " + value + " at (" + k / columns
                        + ", " + k % columns + "), but every number must be finite");
            }
        }
    }

    /** A shape as NumPy's users write it. */
    static String text(long[] shape) {
        return switch (shape.length) {
            case 0 -> "of a single number";
            case 1 -> "(" + shape[0] + ",)";
            default -> Arrays.toString(shape).replace('[', '(').replace(']', ')');
        };
    }

    /** A word on what was read, for reports. */
    String description() {
        return rows.count() + " measurements of a " + shape + " matrix, "
                + (rows.precision() == DenseRows.Precision.FLOAT32 ? "float32" : "float64");
    }
}
