package lowrank4j.sensing;

import java.util.Optional;
import lowrank4j.matrix.Factors;
import lowrank4j.matrix.Matrix;

/**
 * Held-out rows of a file that went by when a gradient was computed of the others: they were multiplied on the way, so that the file
 * is not read a second time to see how well the same factors predict.
 */
final class PassingRows {
    private final RowRanges ranges;
    private final double[] products;
    private Optional<Factors> factors = Optional.empty();

    PassingRows(RowRanges ranges, int count) {
        this.ranges = ranges;
        this.products = new double[count];
    }

    RowRanges ranges() {
        return ranges;
    }

    /** One place a row of the whole; those held out are to be filled. */
    double[] products() {
        return products;
    }

    /** Says that the products are of these factors now. Cost: a copy. */
    void keep(Factors x) {
        if (factors.isPresent() && isLike(factors.get(), x)) {
            factors.get().copyFrom(x);
        } else {
            factors = Optional.of(x.copy());
        }
    }

    /** Copies the products into {@code out} if they are of these factors, to the bit. */
    boolean give(Factors x, double[] out) {
        if (factors.isEmpty() || !isLike(factors.get(), x) || !equal(factors.get(), x)) {
            return false;
        }
        ranges.copy(products, out);
        return true;
    }

    private static boolean isLike(Factors kept, Factors x) {
        return kept.rank() == x.rank() && kept.isSymmetric() == x.isSymmetric();
    }

    private static boolean equal(Factors kept, Factors x) {
        return equal(kept.left(), x.left()) && equal(kept.right(), x.right());
    }

    private static boolean equal(Matrix kept, Matrix x) {
        for (int i = 0; i < kept.rows(); i++) {
            for (int j = 0; j < kept.columns(); j++) {
                if (kept.get(i, j) != x.get(i, j)) {
                    return false;
                }
            }
        }
        return true;
    }
}
