package lowrank4j.cli;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import lowrank4j.Algorithm;
import lowrank4j.error.BadDataException;
import lowrank4j.matrix.Factors;
import lowrank4j.matrix.Matrix;

/** Factors to start from, made sure to fit the problem. */
final class WarmStart {
    private WarmStart() {}

    /**
     * The factors, symmetric where the unknown is.
     *
     * @param factors read from a file
     * @param place how messages call where they are from
     * @throws BadDataException if they do not fit
     */
    static Factors fitting(Factors factors, String place, Shape shape, boolean symmetric, SolverOptions options) {
        Shape found = new Shape(factors.rows(), factors.columns());
        if (!found.equals(shape)) {
            throw new BadDataException(place + ": its factors are of a " + found + " matrix, but this one is " + shape);
        }
        if (factors.rank() == 0) {
            throw new BadDataException(place + ": its factors have rank 0: there is nothing to start from");
        }
        if (factors.rank() > shape.maxRank()) {
            throw new BadDataException(place + ": its factors have " + factors.rank()
                    + " columns, more than the rank of a " + shape + " matrix can be; name the --rank and start anew");
        }
        checkRank(factors.rank(), place, options);
        if (!symmetric) {
            return factors;
        }
        if (!Arrays.equals(factors.left().toArray(), factors.right().toArray())) {
            throw new BadDataException(
                    place + ": its left and right factors differ, but with --psd the unknown is U Uᵀ with one factor");
        }
        return Factors.symmetric(factors.left());
    }

    /**
     * The factors in the results of an earlier completion, their rows brought into the order of these entries by the ids; what the
     * earlier one did not know starts at zero.
     */
    static Factors byIds(Path folder, Entries entries) {
        ModelFiles.Named earlier = ModelFiles.read(folder);
        Factors whole = earlier.model().whole();
        if (!entries.named() || earlier.rows().areIndices()) {
            return whole;
        }
        return new Factors(
                inOrder(whole.left(), earlier.rows(), entries.rowNames(), folder),
                inOrder(whole.right(), earlier.columns(), entries.columnNames(), folder));
    }

    private static Matrix inOrder(Matrix factor, Names earlier, List<String> names, Path folder) {
        if (names.stream().noneMatch(name -> earlier.find(name).isPresent())) {
            throw new BadDataException(
                    folder + ": none of its ids is among those of the entries, the first of which is '"
                            + names.getFirst() + "': there is nothing to start from");
        }
        Matrix ordered = Matrix.zeros(names.size(), factor.columns());
        for (int i = 0; i < names.size(); i++) {
            OptionalInt found = earlier.find(names.get(i));
            if (found.isPresent()) {
                int at = found.getAsInt();
                ordered.rowRange(i, i + 1).copyFrom(factor.rowRange(at, at + 1));
            }
        }
        return ordered;
    }

    private static void checkRank(int found, String place, SolverOptions options) {
        OptionalInt asked = options.rank();
        boolean searching = options.algorithm() == Algorithm.RECOMMENDED;
        if (asked.isPresent() && (searching ? found > asked.getAsInt() : found != asked.getAsInt())) {
            throw new BadDataException(place + ": its factors have rank " + found + ", but --rank is "
                    + asked.getAsInt() + (searching ? ": at most that is allowed" : ": they must be equal"));
        }
    }
}
