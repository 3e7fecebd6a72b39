package lowrank4j.solver;

import lowrank4j.error.InvalidArgumentException;
import lowrank4j.kernel.Engine;
import lowrank4j.matrix.Magnitude;
import lowrank4j.sensing.MeasurementOperator;

/**
 * What is to be recovered: the X of low rank with {@code A(X) = observed} up to noise.
 *
 * @param operator A
 * @param observed indexed as the operator says, {@code operator.length()} finite numbers, the largest of magnitude 1e±150 at the most, or all zero
 * @param engine what computes
 */
public record Problem(MeasurementOperator operator, double[] observed, Engine engine) {
    public Problem {
        if (observed.length != operator.length()) {
            throw new InvalidArgumentException("observed has " + observed.length + " values, but there are "
                    + operator.length() + " measurements");
        }
        for (int i = 0; i < observed.length; i++) {
            if (!Double.isFinite(observed[i])) {
                throw new InvalidArgumentException(
                        "observed value " + i + " is " + observed[i] + ", but must be finite");
            }
        }
        Magnitude.objection(observed).ifPresent(objection -> {
            throw new InvalidArgumentException("observed values: " + objection);
        });
    }

    /** n1. */
    public int rows() {
        return operator.rows();
    }

    /** n2. */
    public int columns() {
        return operator.columns();
    }

    /** ‖y‖². */
    public double squaredNorm() {
        double sum = 0;
        for (double value : observed) {
            sum += value * value;
        }
        return sum;
    }

    /** The objective: ½‖A(X) - y‖², or ¼ of it if symmetric, so that gradients have no factor. */
    public double objective(double loss) {
        return loss * (operator.isSymmetric() ? 0.25 : 0.5);
    }

    /** min(n1, n2); n of a Hermitian unknown, half its rows. */
    public int maxRank() {
        return operator.isHermitian() ? rows() / 2 : Math.min(rows(), columns());
    }

    /** Free parameters of a rank-r matrix: r(n1 + n2 - r), or rn - r(r-1)/2 if symmetric, or 2nr - r² if Hermitian of order n. */
    public long freedom(int rank) {
        if (operator.isHermitian()) {
            return (long) rank * (rows() - rank);
        }
        return operator.isSymmetric()
                ? (long) rank * rows() - (long) rank * (rank - 1) / 2
                : (long) rank * ((long) rows() + columns() - rank);
    }

    /**
     * The spectral norm that noise alone would give the back-projection {@code A*(residual)/energy}, if the residual were nothing
     * but noise: {@code s(√n1 + √n2)/√energy}, {@code s² = ‖residual‖²/(m - freedom)}; and {@code s·2√n/√(2·energy)} if symmetric.
     * Signal stands above it; what lies below a few of it is spurious.
     *
     * @param loss ‖residual‖²
     */
    public double noiseEdge(double loss, int rank) {
        long count = operator.count();
        double spare = Math.max((double) (count - freedom(rank)), Math.max(1, count / 10.0));
        double deviation = Math.sqrt(loss / spare);
        return operator.isSymmetric()
                ? deviation * 2 * Math.sqrt(rows()) / Math.sqrt(2 * operator.energy())
                : deviation * (Math.sqrt(rows()) + Math.sqrt(columns())) / Math.sqrt(operator.energy());
    }

    /**
     * The largest rank at which a signal whose singular values are alike stands out of its own measurements: at a larger one, each value
     * is below the {@link #noiseEdge} of all together, were they noise.
     */
    public int visibleRank() {
        double edge = noiseEdge(operator.energy(), 0);
        double values = 1 / (edge * edge);
        // The real form of a Hermitian unknown has each of its singular values twice.
        return (int) Math.min(maxRank(), operator.isHermitian() ? values / 2 : values);
    }

    /**
     * The F ratio of some parameters of a fit: the explained square per parameter to the square left per spare measurement, about 1 to 2 where
     * both are noise.
     *
     * @param explained square of the residual that these parameters take away
     * @param parameters so many, above 0
     * @param loss ‖residual‖² of the fit
     * @param freedom free parameters of the fit in all
     */
    double explanation(double explained, long parameters, double loss, long freedom) {
        double spare = operator.count() - freedom;
        return spare < 1 || explained <= 0 ? 0 : explained / parameters / (loss / spare);
    }

    /**
     * Whether an {@link #explanation} is larger than noise would let it be. The best fit of its rank explains up to about twice the share of
     * its parameters, and more the fewer measurements, ν, a fit leaves of all m: the ratio reaches about 4·(m/ν)²; and noise exceeds f
     * about once in f^(ν/2) times.
     */
    boolean isEvident(double explanation, long freedom) {
        double spare = operator.count() - freedom;
        return spare >= 1 && explanation > 4 * Math.pow(10, 8 / spare) * Math.pow(operator.count() / spare, 2);
    }

    /** The largest rank whose free parameters the measurements outnumber by a twentieth; at least 1. Above it a fit says nothing. */
    public int determinedRank() {
        int rank = 1;
        while (rank < maxRank() && 1.05 * freedom(rank + 1) <= operator.count()) {
            rank++;
        }
        return rank;
    }

    /**
     * The largest rank to start at: about m/(2.5(n1 + n2)), m/(2.5n) if symmetric, since preconditioned methods need samples in
     * proportion to the rank they carry; at least 1, at most 64 and min(n1, n2).
     */
    public int startingRank() {
        double sampled = operator.count() / (2.5 * (operator.isSymmetric() ? rows() : rows() + columns()));
        return Math.clamp((long) sampled, 1, Math.min(64, maxRank()));
    }
}
