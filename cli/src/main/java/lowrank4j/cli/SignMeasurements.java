package lowrank4j.cli;

import java.lang.foreign.Arena;
import java.nio.file.Path;
import lowrank4j.MatrixSensing;
import lowrank4j.error.BadDataException;
import lowrank4j.io.Npy;
import lowrank4j.io.NpyArray;
import lowrank4j.io.NpyHeader;
import lowrank4j.io.NpyType;
import lowrank4j.matrix.SignRows;
import lowrank4j.sensing.SignSensing;

/**
 * Measurement matrices of +1 and -1 as {@code numpy.packbits} packs them, and what they measured, as {@code sense --signs} reads
 * them: shapes checked, no bit set that belongs to no sign.
 */
final class SignMeasurements {
    private SignMeasurements() {}

    /** Reads both files; larger ones stay where they are, mapped. */
    static MeasurementFile read(Path signs, Path values, Shape shape, boolean symmetric, Arena arena) {
        NpyHeader header = Npy.readHeader(signs);
        int width = width(signs, shape, symmetric);
        requireShapes(signs, header, values, Npy.readHeader(values), shape, symmetric, width);
        double[] observed = Measurements.observed(values);
        NpyArray array =
                header.byteCount() < Measurements.MAPPED_BYTES ? Npy.read(signs, arena) : Npy.map(signs, arena);
        SignRows rows = SignRows.wrap(array.data(), observed.length, width);
        rows.firstWithSpareBits().ifPresent(row -> {
            throw new BadDataException(signs + ": row " + row + " has bits set beyond the " + width + " signs of "
                    + matrices(shape, symmetric) + "; numpy.packbits(A > 0, axis=1) leaves them zero");
        });
        MatrixSensing sensing = MatrixSensing.by(
                engine -> symmetric
                        ? SignSensing.symmetric(rows, shape.rows(), engine)
                        : SignSensing.rectangular(rows, shape.rows(), shape.columns(), engine),
                observed);
        return new MeasurementFile(
                sensing,
                shape,
                rows.count() + " measurements of a " + shape + " matrix, signs in " + rows.bytes() + " bytes");
    }

    private static int width(Path signs, Shape shape, boolean symmetric) {
        if (symmetric && shape.rows() != shape.columns()) {
            throw new BadDataException(signs + ": --signs says " + shape + "; --psd needs square measurement matrices");
        }
        long n = shape.rows();
        long width = symmetric ? n * (n + 1) / 2 : n * shape.columns();
        if (width > Integer.MAX_VALUE) {
            throw new BadDataException(signs + ": " + matrices(shape, symmetric) + " have " + width
                    + " signs each; at most 2147483647 are possible");
        }
        return (int) width;
    }

    private static void requireShapes(
            Path signs,
            NpyHeader header,
            Path values,
            NpyHeader valueHeader,
            Shape shape,
            boolean symmetric,
            int width) {
        long[] a = header.shape();
        long[] y = valueHeader.shape();
        String both = signs + " has the shape " + Measurements.text(a) + " and " + values + " the shape "
                + Measurements.text(y);
        if (header.type() != NpyType.UINT8) {
            throw new BadDataException(signs + ": holds " + header.type()
                    + "; --signs reads UINT8, as numpy.packbits(A > 0, axis=1) gives it");
        }
        if (a.length != 2 || y.length != 1) {
            throw new BadDataException(both + "; m rows of packed signs and m values are expected");
        }
        if (a[0] != y[0]) {
            throw new BadDataException(
                    both + ": " + a[0] + " rows of signs, but " + y[0] + " values; the counts must be equal");
        }
        if (a[0] < 1) {
            throw new BadDataException(both + ": nothing is measured; at least 1 of each is needed");
        }
        if (a[0] > Integer.MAX_VALUE) {
            throw new BadDataException(both + ": at most 2147483647 measurements are possible");
        }
        if (a[1] != SignRows.rowBytes(width)) {
            throw new BadDataException(signs + ": a row has " + a[1] + " bytes; the " + width + " signs of "
                    + matrices(shape, symmetric) + " take " + SignRows.rowBytes(width)
                    + (symmetric ? ", since --psd reads upper triangles" : ""));
        }
    }

    private static String matrices(Shape shape, boolean symmetric) {
        return (symmetric ? "symmetric " : "") + shape + " matrices";
    }
}
