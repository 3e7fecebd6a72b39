package lowrank4j.solver;

import java.util.List;
import java.util.Random;
import lowrank4j.error.InvalidArgumentException;
import lowrank4j.kernel.Kernels;
import lowrank4j.matrix.Matrix;
import lowrank4j.sensing.LinearMap;

/**
 * The factor V that the clients of a federation share when each approximates its own rows, {@code min ½ Σ‖Sⁱ - UⁱVᵀ‖²}: {@code V = (SᵀS)ᵃSᵀΦ}
 * of all rows S together, Φ Gaussian (Philippenko, Scaman, Massoulié 2025, AAAI). It is a sum of products that each client computes from
 * its rows alone, once and a times again; with it, each finds its Uⁱ by {@link ClientDescent} and says nothing more.
 *
 * <p>The squared error exceeds that of the best approximation by a multiple of {@code (σ_{r+1}/σ_r)^{4a}}. The clients' iterations grow
 * with the condition number of V, so that of several draws the best conditioned is kept. V is scaled to a norm of one, which changes neither.
 *
 * @param v d×r
 * @param largest σ₁(V)
 * @param least σ_r(V), above 0
 */
public record SharedFactor(Matrix v, double largest, double least) {
    /** Below this, relative to the largest, a singular value of V is rounding. */
    private static final double ROUNDING = 1e-14;

    public SharedFactor {
        if (!(least > ROUNDING * largest && largest < Double.POSITIVE_INFINITY)) {
            throw new InvalidArgumentException("the shared factor has singular values from " + largest + " to " + least
                    + ", but must be of full rank: the clients' rows together have a rank below " + v.columns()
                    + ", or the power is too high for what double precision resolves");
        }
    }

    /**
     * Sums up what the clients send. Cost for a client: 1 + 2a products of its rows with r·draws vectors, and as many numbers times d sent 1 + a
     * times.
     *
     * @param clients at least one, each nᵢ×d and known by its products
     * @param rank r, 1 … d
     * @param power a, at least 0, the paper's being 0 or 1
     * @param draws of Φ, at least 1, the paper's being 20
     */
    public static SharedFactor of(
            List<? extends LinearMap> clients, int rank, int power, int draws, long seed, Kernels kernels) {
        int d = requireClients(clients);
        if (rank < 1 || rank > d || power < 0 || draws < 1) {
            throw new InvalidArgumentException("rank is " + rank + ", power " + power + " and draws " + draws
                    + ", but the rank must be from 1 to d = " + d + ", the power at least 0, draws at least 1");
        }
        int width = Math.multiplyExact(rank, draws);
        Matrix sum = Matrix.zeros(d, width);
        Random random = new Random(seed);
        for (LinearMap client : clients) {
            add(client, Initialisation.gaussian(client.rows(), width, 1, random), sum, kernels);
        }
        for (int round = 0; round < power; round++) {
            Matrix before = sum.copy();
            unit(before, kernels);
            sum.fill(0);
            for (LinearMap client : clients) {
                Matrix image = Matrix.zeros(client.rows(), width);
                client.times(before, image);
                add(client, image, sum, kernels);
            }
        }
        unit(sum, kernels);
        return best(sum, rank, kernels);
    }

    /**
     * A factor as a client receives it.
     *
     * @param v d×r, r ≤ d; kept, not copied
     */
    public static SharedFactor of(Matrix v, Kernels kernels) {
        double[] values = new double[v.columns()];
        kernels.thinSvd(v, Matrix.zeros(v.rows(), v.columns()), values, Matrix.zeros(v.columns(), v.columns()));
        return new SharedFactor(v, values[0], values[v.columns() - 1]);
    }

    private static int requireClients(List<? extends LinearMap> clients) {
        if (clients.isEmpty()) {
            throw new InvalidArgumentException("there are no clients, but there must be at least one");
        }
        int d = clients.getFirst().columns();
        for (LinearMap client : clients) {
            if (client.columns() != d) {
                throw new InvalidArgumentException("a client has " + client.columns() + " columns and the first " + d
                        + ", but all must have the same");
            }
        }
        return d;
    }

    /** {@code sum ← sum + Sᵀ·image}. */
    private static void add(LinearMap client, Matrix image, Matrix sum, Kernels kernels) {
        Matrix part = Matrix.zeros(sum.rows(), sum.columns());
        client.transposedTimes(image, part);
        kernels.axpy(1, part, sum);
    }

    private static void unit(Matrix matrix, Kernels kernels) {
        double norm = Math.sqrt(kernels.dot(matrix, matrix));
        if (!(norm > 0 && norm < Double.POSITIVE_INFINITY)) {
            throw new InvalidArgumentException(
                    "the norm of the clients' products is " + norm + ", but must be above 0 and finite");
        }
        for (int k = 0; k < matrix.data().length; k++) {
            matrix.data()[k] /= norm;
        }
    }

    /** The best conditioned of the draws that stand side by side. */
    private static SharedFactor best(Matrix drawn, int rank, Kernels kernels) {
        SharedFactor best = of(drawn.columnRange(0, rank).copy(), kernels);
        for (int from = rank; from < drawn.columns(); from += rank) {
            SharedFactor other = of(drawn.columnRange(from, from + rank).copy(), kernels);
            best = other.conditionNumber() < best.conditionNumber() ? other : best;
        }
        return best;
    }

    /** κ = σ₁(V)/σ_r(V). */
    public double conditionNumber() {
        return largest / least;
    }
}
