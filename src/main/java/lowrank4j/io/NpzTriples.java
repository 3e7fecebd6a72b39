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
        return read(path, duplicates, Optional.empty());
    }

    /**
     * Reads triples whose values are of another array, such as one of weights.
     *
     * @param path the file
     * @param duplicates what to do with an entry given more than once
     * @param values the array's name
     * @return the entries in the order of the file
     * @throws BadDataException if there is no such file or array, it does not hold triples, or the array holds their rows or columns
     * @throws EnvironmentException if there is not enough memory
     */
    public static Triples read(Path path, DuplicatePolicy duplicates, String values) {
        return read(path, duplicates, Optional.of(values));
    }

    private static Triples read(Path path, DuplicatePolicy duplicates, Optional<String> values) {
        try (NpzFile file = NpzFile.open(path)) {
            if (values.isPresent() && !file.names().contains(values.get())) {
                throw new BadDataException(path + ": has no array " + values.get() + "; it has " + file.names());
            }
            Triples triples = file.names().contains(FORMAT) ? sparse(file, values, path) : named(file, values, path);
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

    private static Triples named(NpzFile file, Optional<String> values, Path path) {
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
        // All are looked for before any is read: an archive may be large.
        List<String> wanted = Arrays.stream(ColumnRole.values())
                .map(role -> named(role, names, file, path))
                .toList();
        requireNoIndices(path, values, wanted.subList(0, 2));
        Indices row = indices(file, wanted.get(0), path);
        Indices column = indices(file, wanted.get(1), path);
        int[] shape = file.names().contains(SHAPE)
                ? shape(file)
                : new int[] {extent(row.values(), row.place()), extent(column.values(), column.place())};
        return triples(path, shape, row, column, numbers(file, values.orElse(wanted.get(2))));
    }

    private static void requireNoIndices(Path path, Optional<String> values, List<String> indices) {
        if (values.isPresent() && indices.contains(values.get())) {
            throw new BadDataException(path + ": " + values.get()
                    + " holds the places of the entries; an array with a number of each is expected");
        }
    }

    private static String named(ColumnRole role, Map<ColumnRole, String> names, NpzFile file, Path path) {
        String name = names.get(role);
        if (name == null) {
            throw new BadDataException(path + ": is no archive of triples: none of its arrays " + file.names()
                    + " has one of the names " + role.names());
        }
        return name;
    }

    /** Indices of the entries; the array itself is let go. */
    private static Indices indices(NpzFile file, String name, Path path) {
        try (Arena arena = Arena.ofConfined()) {
            NpyArray array = vector(file.read(name, arena));
            AvailableMemory.requireHeap(
                    array.size() * (Triples.ENTRY_BYTES + DuplicateEntries.ENTRY_BYTES), path.toString());
            return new Indices(array.toInts(), array.place());
        }
    }

    private static Numbers numbers(NpzFile file, String name) {
        try (Arena arena = Arena.ofConfined()) {
            NpyArray array = vector(file.read(name, arena));
            return new Numbers(array.toDoubles(), array.place());
        }
    }

    private static Triples sparse(NpzFile file, Optional<String> values, Path path) {
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
        requireNoIndices(path, values, needed);
        int[] shape = shape(file);
        Indices first = indices(file, needed.getFirst(), path);
        Indices second = indices(file, needed.getLast(), path);
        Numbers value = numbers(file, values.orElse("data"));
        if (coordinates) {
            return triples(path, shape, first, second, value);
        }
        boolean byRow = format.equals("csr");
        Indices lines = expand(second, byRow ? shape[0] : shape[1], first.values().length);
        return byRow ? triples(path, shape, lines, first, value) : triples(path, shape, first, lines, value);
    }

    /** Values and the array they come from. */
    private static final class Numbers {
        private final double[] values;
        private final String place;

        Numbers(double[] values, String place) {
            this.values = values;
            this.place = place;
        }

        double[] values() {
            return values;
        }

        String place() {
            return place;
        }
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
    private static Indices expand(Indices starts, int lines, int count) {
        int[] start = starts.values();
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

    private static int[] shape(NpzFile file) {
        try (Arena arena = Arena.ofConfined()) {
            return shape(vector(file.read(SHAPE, arena)));
        }
    }

    private static int[] shape(NpyArray array) {
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

    private static Triples triples(Path path, int[] shape, Indices row, Indices column, Numbers value) {
        double[] values = value.values();
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
