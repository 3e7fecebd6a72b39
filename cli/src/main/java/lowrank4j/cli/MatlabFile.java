package lowrank4j.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import lowrank4j.error.BadDataException;
import lowrank4j.error.LowRankException;
import lowrank4j.io.DenseEntries;
import lowrank4j.io.FileKind;
import lowrank4j.io.MatrixEntries;
import lowrank4j.io.Triples;
import us.hebi.matlab.mat.format.Mat5;
import us.hebi.matlab.mat.format.Mat5File;
import us.hebi.matlab.mat.format.Mat5Reader;
import us.hebi.matlab.mat.types.Array;
import us.hebi.matlab.mat.types.MatFile;
import us.hebi.matlab.mat.types.MatlabType;
import us.hebi.matlab.mat.types.Matrix;
import us.hebi.matlab.mat.types.Source;
import us.hebi.matlab.mat.types.Sources;
import us.hebi.matlab.mat.types.Sparse;

/** A real matrix, full or sparse, among the variables of a MATLAB file of versions 5 to 7. */
final class MatlabFile {
    private static final List<MatlabType> NUMBERS = List.of(
            MatlabType.Double,
            MatlabType.Single,
            MatlabType.Int8,
            MatlabType.UInt8,
            MatlabType.Int16,
            MatlabType.UInt16,
            MatlabType.Int32,
            MatlabType.UInt32,
            MatlabType.Int64,
            MatlabType.UInt64,
            MatlabType.Sparse);

    /** A number in the file and its copy here; of a sparse matrix its place too. */
    private static final long BYTES_PER_NUMBER = 32;

    private final Path file;

    private MatlabFile(Path file) {
        this.file = file;
    }

    /**
     * Reads a matrix.
     *
     * @param variable its name; empty where the file has one alone
     * @return all entries, or those that a sparse matrix lists
     */
    static MatrixEntries read(Path file, Optional<String> variable) {
        if (FileKind.of(file) != FileKind.MATLAB) {
            throw new BadDataException(file + ": is no MATLAB file of versions 5 to 7; it looks like "
                    + FileKind.of(file).description());
        }
        return new MatlabFile(file).read(variable);
    }

    private MatrixEntries read(Optional<String> name) {
        Variable variable = chosen(variables(), name);
        MemoryNeed.requireHeap(
                BYTES_PER_NUMBER * variable.numbers(), file + ": reading the variable " + variable.name());
        try (Source source = Sources.openStreamingFile(file.toFile());
                Mat5File content = Mat5.newReader(source)
                        .setEntryFilter(header -> header.getName().equals(variable.name()))
                        .disableSubsystemProcessing()
                        .readMat()) {
            for (MatFile.Entry entry : content.getEntries()) {
                return entries(variable, entry.getValue());
            }
            throw new BadDataException(file + ": the variable " + variable.name() + " is gone");
        } catch (IOException | RuntimeException e) {
            throw damaged(e);
        }
    }

    /** What a file holds, without the contents. */
    private record Variable(String name, MatlabType type, int[] dimensions, boolean complex, long numbers) {
        boolean isMatrix() {
            return NUMBERS.contains(type) && dimensions.length == 2 && !complex;
        }

        @Override
        public String toString() {
            String size = Arrays.stream(dimensions).mapToObj(Integer::toString).collect(Collectors.joining("x"));
            return name + " (" + size + (complex ? " complex " : " ") + type + ")";
        }
    }

    private List<Variable> variables() {
        List<Variable> variables = new ArrayList<>();
        try (Source source = Sources.openStreamingFile(file.toFile())) {
            Mat5.newReader(source)
                    .setEntryFilter(header -> {
                        variables.add(variable(header));
                        return false;
                    })
                    .disableSubsystemProcessing()
                    .readMat()
                    .close();
            return variables;
        } catch (IOException | RuntimeException e) {
            throw damaged(e);
        }
    }

    private static Variable variable(Mat5Reader.EntryHeader header) {
        long numbers = 1;
        for (int size : header.getDimensions()) {
            numbers = Math.multiplyExact(numbers, (long) size);
        }
        return new Variable(
                header.getName(),
                header.getType(),
                header.getDimensions(),
                header.isComplex(),
                header.getType() == MatlabType.Sparse ? header.getNzMax() : numbers);
    }

    private Variable chosen(List<Variable> variables, Optional<String> name) {
        if (name.isPresent()) {
            Variable found = variables.stream()
                    .filter(variable -> variable.name().equals(name.get()))
                    .findFirst()
                    .orElseThrow(() -> new BadDataException(
                            file + ": has no variable " + name.get() + "; it has " + text(variables)));
            if (!found.isMatrix()) {
                throw new BadDataException(
                        file + ": the variable " + found + " is no real matrix of two dimensions, as is expected");
            }
            return found;
        }
        List<Variable> matrices = variables.stream().filter(Variable::isMatrix).toList();
        if (matrices.size() != 1) {
            throw new BadDataException(file + ": has " + matrices.size()
                    + " real matrices of two dimensions among its variables " + text(variables)
                    + "; one is expected, or its name after --variable");
        }
        return matrices.getFirst();
    }

    private static String text(List<Variable> variables) {
        return variables.stream().map(Variable::toString).collect(Collectors.joining(", ", "[", "]"));
    }

    private MatrixEntries entries(Variable variable, Array array) {
        if (array instanceof Sparse sparse) {
            return triples(variable, sparse);
        }
        if (!(array instanceof Matrix matrix)) {
            throw new BadDataException(file + ": the variable " + variable + " holds no numbers");
        }
        int rows = matrix.getNumRows();
        int columns = matrix.getNumCols();
        double[] values = new double[Math.multiplyExact(rows, columns)];
        for (int j = 0, at = 0; j < columns; j++) {
            for (int i = 0; i < rows; i++, at++) {
                values[i * columns + j] = matrix.getDouble(at);
            }
        }
        return new DenseEntries(rows, columns, values);
    }

    private Triples triples(Variable variable, Sparse sparse) {
        int count = sparse.getNumNonZero();
        int[] row = new int[count];
        int[] column = new int[count];
        double[] value = new double[count];
        int[] filled = {0};
        long[] last = {-1};
        sparse.forEach((i, j, real, imaginary) -> {
            int at = filled[0]++;
            // Column after column, each from top to bottom: an entry that repeats another would not come later.
            long place = (long) j * sparse.getNumRows() + i;
            if (i < 0 || i >= sparse.getNumRows() || place <= last[0] || !Double.isFinite(real)) {
                throw new BadDataException(
                        file + ": the variable " + variable + " holds " + real + " at (" + i + ", " + j + ") as entry "
                                + at + "; finite numbers inside the matrix, column after column, are expected");
            }
            last[0] = place;
            row[at] = i;
            column[at] = j;
            value[at] = real;
        });
        return new Triples(
                sparse.getNumRows(),
                sparse.getNumCols(),
                Arrays.copyOf(row, filled[0]),
                Arrays.copyOf(column, filled[0]),
                Arrays.copyOf(value, filled[0]));
    }

    private RuntimeException damaged(Exception e) {
        if (e instanceof LowRankException own) {
            return own;
        }
        String reason = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        return new BadDataException(file + ": cannot be read as a MATLAB file of versions 5 to 7: " + reason, e);
    }
}
