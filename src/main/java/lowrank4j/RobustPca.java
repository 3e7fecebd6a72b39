package lowrank4j;

import java.util.stream.IntStream;
import lowrank4j.error.InvalidArgumentException;
import lowrank4j.matrix.Matrix;

/**
 * Robust principal component analysis: separates {@code Y = X + S}, X of low rank and S sparse, by {@link Loss#TRUNCATED}.
 *
 * <pre>{@code
 * CompletionResult result = RobustPca.of(y).solve(RecoveryOptions.defaults());
 * Matrix x = result.recovery().factors().toMatrix();
 * SparsePart s = result.sparse();
 * }</pre>
 *
 * <p>Where entries are missing too, {@link MatrixCompletion} with that loss does the same. X comes out exactly where S touches only so many entries
 * of each row and column: of a 200×150 matrix of rank 3 a fifth, seen in full; one in twenty where 40 % are observed.
 */
public final class RobustPca {
    private final MatrixCompletion known;

    private RobustPca(MatrixCompletion known) {
        this.known = known;
    }

    /**
     * A matrix known in full; NaN marks an entry that is missing.
     *
     * @param y at least 1×1, with a finite entry, and none infinite. Takes 20 bytes an entry
     */
    public static RobustPca of(Matrix y) {
        int[] known = IntStream.range(0, y.rows() * y.columns())
                .filter(e -> !Double.isNaN(y.get(e / y.columns(), e % y.columns())))
                .toArray();
        return new RobustPca(MatrixCompletion.of(
                y.rows(),
                y.columns(),
                IntStream.of(known).map(e -> e / y.columns()).toArray(),
                IntStream.of(known).map(e -> e % y.columns()).toArray(),
                IntStream.of(known)
                        .mapToDouble(e -> y.get(e / y.columns(), e % y.columns()))
                        .toArray()));
    }

    /**
     * Separates the two.
     *
     * @param options with the loss as it is by default or {@link Loss#TRUNCATED}; an algorithm by name is scaled-gd or gradient-descent
     */
    public CompletionResult solve(RecoveryOptions options) {
        if (options.loss() != Loss.SQUARED && options.loss() != Loss.TRUNCATED) {
            throw new InvalidArgumentException(
                    "loss is " + options.loss() + ", but robust principal component analysis has its own, truncated");
        }
        return known.solve(options.withLoss(Loss.TRUNCATED));
    }
}
