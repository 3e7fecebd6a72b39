package lowrank4j.io;

import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lowrank4j.error.BadDataException;
import lowrank4j.error.EnvironmentException;

/**
 * Triples in {@code .npz} archives: arrays named {@code row}, {@code col} and {@code value} (or one of the common other
 * names), with an optional {@code shape} of two numbers; or a sparse matrix as {@code scipy.sparse.save_npz} writes it in
 * the formats COO, CSR and CSC. Indices count from 0. Stored zeros are values.
 */
public final class NpzTriples {
    private static final String FORMAT = "format";
    private static final String SHAPE = "shape";

    private NpzTriples() {}

    /**
     * Reads triples; an entry given more than once is refused.
     *
     * @param path the file
     * @return the entries in the order of the file
     * @throws BadDataException if there is no such file or it does not hold triples
     * @throws EnvironmentException if there is not enough memory
     */
    public static Triples read(Path path) {
        return read(path, DuplicatePolicy.REFUSE);
    }

    /**
     * Reads triples.
     *
     * @param path the file
     * @param duplicates what to do with an entry given more than once
     * @return the entries in the order of the file
     * @throws BadDataException if there is no such file or it does not hold triples
     * @throws EnvironmentException if there is not enough memory
     */
    public static Triples read(Path path, DuplicatePolicy duplicates) {
        try (NpzFile file = NpzFile.open(path);
                Arena arena = Arena.ofConfined()) {
            Triples triples = file.names().contains(FORMAT) ? sparse(file, arena, path) : named(file, arena, path);
            return DuplicateEntries.resolve(triples, duplicates, path.toString(), k -> "element " + k);
        }
    }

    /**
     * Writes triples in one step as arrays {@code row}, {@code col}, {@code value} and {@code shape}. Ids are not
     * written.
     *
     * @param path the file, replaced if it exists
     * @param triples what to write
     * @throws EnvironmentException if the file cannot be written
     */
    public static void write(Path path, Triples triples) {
        long count = triples.count();
        Map<String, NpyArray> arrays = new LinkedHashMap<>();
        arrays.put("row", NpyArray.of(triples.row(), count));
        arrays.put("col", NpyArray.of(triples.column(), count));
        arrays.put("value", NpyArray.of(triples.value(), count));
        arrays.put(SHAPE, NpyArray.of(new long[] {triples.rows(), triples.columns()}, 2));
        Npz.write(path, arrays);
    }

    private static Triples named(NpzFile file, Arena arena, Path path) {
        Map<ColumnRole, String> names = new EnumMap<>(ColumnRole.class);
        for (String name : file.names()) {
            Optional<ColumnRole> role = ColumnRole.of(name);
            if (role.isPresent()) {
                String other = names.put(role.get(), name);
                if (other != null) {
                    throw new BadDataException(path + ": has two arrays for the same purpose, " + other + " and " + name
                            + "; one is allowed");
                }
            }
        }
        NpyArray row = named(ColumnRole.ROW, names, file, arena, path);
        NpyArray column = named(ColumnRole.COLUMN, names, file, arena, path);
        NpyArray value = named(ColumnRole.VALUE, names, file, arena, path);
        int[] rows = row.toInts();
        int[] columns = column.toInts();
        int[] shape = file.names().contains(SHAPE)
                ? shape(file, arena)
                : new int[] {extent(rows, row.place()), extent(columns, column.place())};
        return triples(path, shape, new Indices(rows, row.place()), new Indices(columns, column.place()), value);
    }

    private static NpyArray named(
            ColumnRole role, Map<ColumnRole, String> names, NpzFile file, Arena arena, Path path) {
        String name = names.get(role);
        if (name == null) {
            throw new BadDataException(path + ": is no archive of triples: none of its arrays " + file.names()
                    + " has one of the names " + role.names());
        }
        return vector(file.read(name, arena));
    }

    private static Triples sparse(NpzFile file, Arena arena, Path path) {
        String format = file.text(FORMAT);
        boolean coordinates = format.equals("coo");
        if (!coordinates && !format.equals("csr") && !format.equals("csc")) {
            throw new BadDataException(path + ": is a sparse matrix in the format " + Excerpt.quote(format)
                    + "; coo, csr and csc are allowed");
        }
        List<String> needed = coordinates ? List.of("row", "col") : List.of("indices", "indptr");
        for (String name : List.of(needed.getFirst(), needed.getLast(), "data", SHAPE)) {
            if (!file.names().contains(name)) {
                throw new BadDataException(path + ": is a sparse matrix in the format " + format + " without an array "
                        + name + "; it has " + file.names());
            }
        }
        int[] shape = shape(file, arena);
        NpyArray value = vector(file.read("data", arena));
        NpyArray first = vector(file.read(needed.getFirst(), arena));
        NpyArray second = vector(file.read(needed.getLast(), arena));
        Indices firstIndices = new Indices(first.toInts(), first.place());
        if (coordinates) {
            return triples(path, shape, firstIndices, new Indices(second.toInts(), second.place()), value);
        }
        boolean byRow = format.equals("csr");
        Indices lines = expand(second, byRow ? shape[0] : shape[1], firstIndices.values().length);
        return byRow
                ? triples(path, shape, lines, firstIndices, value)
                : triples(path, shape, firstIndices, lines, value);
    }

    /** Indices of one axis and the array they come from. */
    private static final class Indices {
        private final int[] values;
        private final String place;

        Indices(int[] values, String place) {
            this.values = values;
            this.place = place;
        }

        int[] values() {
            return values;
        }

        String place() {
            return place;
        }
    }

    /** Turns the starts of compressed rows (or columns) into one row (or column) per entry. */
    private static Indices expand(NpyArray starts, int lines, int count) {
        int[] start = starts.toInts();
        if (start.length != lines + 1L || start[0] != 0 || start[lines] != count) {
            throw new BadDataException(starts.place() + ": has " + start.length + " elements"
                    + (start.length == 0 ? "" : " from " + start[0] + " to " + start[start.length - 1]) + "; "
                    + (lines + 1L) + " elements from 0 to " + count + " are expected");
        }
        int[] line = new int[count];
        for (int i = 0; i < lines; i++) {
            if (start[i] > start[i + 1]) {
                throw new BadDataException(starts.place() + ": element " + (i + 1) + " is " + start[i + 1]
                        + ", less than the one before, " + start[i] + "; starts may not fall");
            }
            if (start[i + 1] > count) {
                throw new BadDataException(starts.place() + ": element " + (i + 1) + " is " + start[i + 1]
                        + "; at most the number of entries, " + count + ", is allowed");
            }
            Arrays.fill(line, start[i], start[i + 1], i);
        }
        return new Indices(line, starts.place());
    }

    private static NpyArray vector(NpyArray array) {
        if (array.shape().length != 1) {
            throw new BadDataException(
                    array.place() + ": has the shape " + NpyHeader.text(array.shape()) + "; one dimension is expected");
        }
        return array;
    }

    private static int[] shape(NpzFile file, Arena arena) {
        NpyArray array = vector(file.read(SHAPE, arena));
        int[] shape = array.toInts();
        if (shape.length != 2 || shape[0] < 0 || shape[1] < 0) {
            throw new BadDataException(array.place() + ": is " + Arrays.toString(shape)
                    + "; the numbers of rows and columns, at least 0, are expected");
        }
        return shape;
    }

    private static int extent(int[] indices, String place) {
        int largest = -1;
        for (int index : indices) {
            largest = Math.max(largest, index);
        }
        if (largest == Integer.MAX_VALUE) {
            throw new BadDataException(place + ": has the index " + largest + "; at most 2^31 − 2 is allowed");
        }
        return largest + 1;
    }

    private static Triples triples(Path path, int[] shape, Indices row, Indices column, NpyArray value) {
        double[] values = value.toDoubles();
        if (row.values().length != values.length || column.values().length != values.length) {
            throw new BadDataException(path + ": the arrays of rows, columns and values have " + row.values().length
                    + ", " + column.values().length + " and " + values.length
                    + " elements; equal numbers are expected");
        }
        requireWithin(row, shape[0]);
        requireWithin(column, shape[1]);
        for (int k = 0; k < values.length; k++) {
            if (!Double.isFinite(values[k])) {
                throw new BadDataException(
                        value.place() + ": element " + k + " is " + values[k] + "; finite values are allowed");
            }
        }
        return new Triples(shape[0], shape[1], row.values(), column.values(), values);
    }

    private static void requireWithin(Indices indices, int size) {
        int[] values = indices.values();
        for (int k = 0; k < values.length; k++) {
            if (values[k] < 0 || values[k] >= size) {
                throw new BadDataException(indices.place() + ": element " + k + " is " + values[k]
                        + "; indices from 0 to " + (size - 1) + " are allowed");
            }
        }
    }
}
