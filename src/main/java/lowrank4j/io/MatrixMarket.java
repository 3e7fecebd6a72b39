package lowrank4j.io;

import java.nio.file.Path;
import lowrank4j.error.BadDataException;
import lowrank4j.error.EnvironmentException;

/**
 * Matrix Market text files: {@code coordinate} and {@code array}; {@code real}, {@code integer} and {@code pattern};
 * {@code general}, {@code symmetric} and {@code skew-symmetric}. Complex matrices are refused.
 *
 * <p>The entries of a {@code pattern} have no values; each becomes 1. Of a symmetric matrix the file gives one triangle
 * and the other one is added, right behind each entry. Indices count from 1 in the file and from 0 in memory. Lines that
 * begin with {@code %} and blank lines are passed over wherever they stand.
 *
 * @see <a href="https://math.nist.gov/MatrixMarket/formats.html">the format</a>
 */
public final class MatrixMarket {
    private MatrixMarket() {}

    /**
     * Reads a file; an entry given more than once is refused.
     *
     * @param path the file
     * @return {@link DenseEntries} of an {@code array} file, {@link Triples} of a {@code coordinate} file
     * @throws BadDataException if there is no such file or it is no Matrix Market file that can be read
     * @throws EnvironmentException if there is not enough memory
     */
    public static MatrixEntries read(Path path) {
        return read(path, DuplicatePolicy.REFUSE);
    }

    /**
     * Reads a file.
     *
     * @param path the file
     * @param duplicates what to do with an entry of a {@code coordinate} file that is given more than once
     * @return {@link DenseEntries} of an {@code array} file, {@link Triples} of a {@code coordinate} file
     * @throws BadDataException if there is no such file or it is no Matrix Market file that can be read
     * @throws EnvironmentException if there is not enough memory
     */
    public static MatrixEntries read(Path path, DuplicatePolicy duplicates) {
        try (ByteFeed feed = ByteFeed.open(path, InputFiles.openRegular(path), unused -> {})) {
            return new MatrixMarketReader(feed, path, duplicates).read();
        }
    }

    /**
     * Writes a matrix in one step as {@code array real general} or {@code coordinate real general}. Numbers are written
     * so that they are read as they were. Ids are not written.
     *
     * @param path the file, replaced if it exists
     * @param matrix what to write
     * @throws EnvironmentException if the file cannot be written
     */
    public static void write(Path path, MatrixEntries matrix) {
        try (TextFile file = TextFile.create(path)) {
            switch (matrix) {
                case DenseEntries dense -> write(file, dense);
                case Triples triples -> write(file, triples);
            }
            file.finish();
        }
    }

    private static void write(TextFile file, DenseEntries dense) {
        file.append("%%MatrixMarket matrix array real general\n");
        file.append(dense.rows() + " " + dense.columns() + "\n");
        for (int j = 0; j < dense.columns(); j++) {
            for (int i = 0; i < dense.rows(); i++) {
                file.append(dense.values()[i * dense.columns() + j]).append("\n");
            }
        }
    }

    private static void write(TextFile file, Triples triples) {
        file.append("%%MatrixMarket matrix coordinate real general\n");
        file.append(triples.rows() + " " + triples.columns() + " " + triples.count() + "\n");
        for (int k = 0; k < triples.count(); k++) {
            file.append(triples.row()[k] + 1L).append(" ");
            file.append(triples.column()[k] + 1L).append(" ");
            file.append(triples.value()[k]).append("\n");
        }
    }
}
