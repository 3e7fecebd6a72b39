package lowrank4j.cli.replicate;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import lowrank4j.cli.replicate.Axes.Kind;
import lowrank4j.kernel.Kernels;
import lowrank4j.matrix.Matrix;
import lowrank4j.sensing.EveryEntry;
import lowrank4j.sensing.LinearMap;
import lowrank4j.solver.ClientDescent;
import lowrank4j.solver.SharedFactor;

/**
 * With a shared factor clients converge on their own, in iterations that grow with its condition number if accelerated and with the square
 * if not; each power iteration divides the excess error by (σ_r/σ_{r+1})⁴.
 */
record SharedFactorDescent() implements Figure {
    private static final Axes ITERATIONS = new Axes(
            "iterations over the condition number", "κ(S)", "iterations to ‖(U − U*)Vᵀ‖/‖S‖ = 1e-8", Kind.LOG_LOG);
    private static final Axes EXCESS = new Axes(
            "excess over power iterations", "a of V = (SᵀS)ᵃSᵀΦ", "excess of the squared error, relative", Kind.LOG);
    private static final int RANK = 5;
    private static final int DRAWS = 20;
    private static final double NOISE = 1e-6;
    private static final double TARGET = 1e-8;
    private static final int LIMIT = 40_000;
    private static final double[] CONDITION_NUMBERS = {2, 5, 10};
    private static final double[] GAPS = {0.3, 0.5};
    private static final int MOST_POWERS = 4;

    @Override
    public String name() {
        return "federated";
    }

    @Override
    public String paper() {
        return "Philippenko, Scaman, Massoulié 2025, AAAI: in-depth analysis of low-rank matrix factorisation in a federated setting";
    }

    @Override
    public String claim() {
        return "Given a shared V, clients need no communication: iterations grow with κ(V) with momentum and κ² without; the excess error falls"
                + " as (σ_{r+1}/σ_r)^{4a}.";
    }

    @Override
    public String setUp(boolean quick) {
        return "25 clients of " + (quick ? "40 x 100" : "200 x 200")
                + ", rank 5, κ(S) = 2, 5, 10, noise 1e-6, the best conditioned of 20 draws,"
                + " a = 0, step 1/σ₁(V)²; excess error: σ₁ … σ₅ = 1, all others 0.3 or 0.5, a = 0 … 4";
    }

    @Override
    public List<Band> bands() {
        return List.of(
                Band.between("power of κ(V) in the iterations without momentum", 1.7, 2.3),
                Band.between("power of κ(V) in the iterations with the best fixed momentum", 0.7, 1.3),
                Band.between("power of κ(V) in the iterations with t/(t+3), begun anew uphill", 0.4, 1.3),
                Band.between("excess error, σ₆/σ₅ = 0.3: its power of 0.3⁴ from a = 3 to 4", 0.9, 1.1),
                Band.between("excess error, σ₆/σ₅ = 0.5: its power of 0.5⁴ from a = 3 to 4", 0.9, 1.1));
    }

    @Override
    public List<Axes> axes() {
        return List.of(ITERATIONS, EXCESS);
    }

    @Override
    public void run(Trial trial) {
        int count = CONDITION_NUMBERS.length;
        double[] measured = new double[count];
        double[] plain = new double[count];
        double[] fixed = new double[count];
        double[] growing = new double[count];
        for (int k = 0; k < count; k++) {
            Federation federation =
                    Federation.of(noisy(rows(trial), columns(trial), CONDITION_NUMBERS[k], trial), trial);
            SharedFactor shared = SharedFactor.of(federation.clients(), RANK, 0, DRAWS, trial.seed(), trial.kernels());
            double condition = shared.conditionNumber();
            measured[k] = condition;
            trial.say("κ(S) = " + CONDITION_NUMBERS[k]);
            plain[k] = federation.iterations(shared, OptionalDouble.of(0), trial.kernels());
            fixed[k] = federation.iterations(
                    shared, OptionalDouble.of((condition - 1) / (condition + 1)), trial.kernels());
            growing[k] = federation.iterations(shared, OptionalDouble.empty(), trial.kernels());
            trial.point(ITERATIONS, "no momentum", CONDITION_NUMBERS[k], plain[k]);
            trial.point(ITERATIONS, "the best fixed momentum", CONDITION_NUMBERS[k], fixed[k]);
            trial.point(ITERATIONS, "t/(t+3), begun anew uphill", CONDITION_NUMBERS[k], growing[k]);
        }
        trial.measure("power of κ(V) in the iterations without momentum", Statistics.power(measured, plain));
        trial.measure(
                "power of κ(V) in the iterations with the best fixed momentum", Statistics.power(measured, fixed));
        trial.measure(
                "power of κ(V) in the iterations with t/(t+3), begun anew uphill", Statistics.power(measured, growing));
        for (double gap : GAPS) {
            trial.measure(
                    "excess error, σ₆/σ₅ = " + gap + ": its power of " + gap + "⁴ from a = 3 to 4", excess(gap, trial));
        }
    }

    private static int rows(Trial trial) {
        return 25 * trial.size(200, 40);
    }

    private static int columns(Trial trial) {
        return trial.size(200, 100);
    }

    private static Matrix noisy(int n, int d, double conditionNumber, Trial trial) {
        Truth truth = Truth.rectangular(n, d, RANK, conditionNumber, trial.random(1), trial.kernels());
        Matrix s = Truth.gaussian(n, d, trial.random(2));
        trial.kernels()
                .multiplyTransposed(1, truth.factors().left(), truth.factors().right(), NOISE, s);
        return s;
    }

    /** The excess error over a, and the exponent of {@code gap⁴} with which it falls. */
    private static double excess(double gap, Trial trial) {
        trial.say("excess error, gap " + gap);
        int d = columns(trial);
        Kernels kernels = trial.kernels();
        Matrix left = Truth.orthonormal(Truth.gaussian(rows(trial), d, trial.random(3)), kernels);
        Matrix right = Truth.orthonormal(Truth.gaussian(d, d, trial.random(4)), kernels);
        double[] values = new double[d];
        for (int k = 0; k < d; k++) {
            values[k] = k < RANK ? 1 : gap;
        }
        Truth.scaleColumns(left, values);
        Matrix s = Matrix.zeros(rows(trial), d);
        kernels.multiplyTransposed(1, left, right, 0, s);
        Federation federation = Federation.of(s, trial);
        double best = (d - RANK) * gap * gap;
        double[] excess = new double[MOST_POWERS + 1];
        for (int a = 0; a <= MOST_POWERS; a++) {
            SharedFactor shared = SharedFactor.of(federation.clients(), RANK, a, DRAWS, trial.seed(), kernels);
            excess[a] = (RANK - federation.captured(shared, kernels)) / best;
            trial.point(EXCESS, "σ₆/σ₅ = " + gap, a, excess[a]);
        }
        return Math.log(excess[MOST_POWERS] / excess[MOST_POWERS - 1]) / (4 * Math.log(gap));
    }

    /** Clients with the rows of one matrix. */
    private record Federation(Matrix s, List<LinearMap> clients) {
        static Federation of(Matrix s, Trial trial) {
            int share = s.rows() / 25;
            List<LinearMap> clients = new ArrayList<>();
            for (int from = 0; from < s.rows(); from += share) {
                clients.add(EveryEntry.rectangular(share, s.columns(), trial.engine())
                        .adjoint(s.rowRange(from, from + share).toArray()));
            }
            return new Federation(s, clients);
        }

        /** ‖S·basis of V‖². */
        double captured(SharedFactor shared, Kernels kernels) {
            Matrix basis = Truth.orthonormal(shared.v(), kernels);
            Matrix image = Matrix.zeros(s.rows(), basis.columns());
            kernels.multiply(1, s, basis, 0, image);
            return kernels.dot(image, image);
        }

        /** Steps of all clients until together they are near their answers. */
        double iterations(SharedFactor shared, OptionalDouble momentum, Kernels kernels) {
            List<Client> each = clients.stream()
                    .map(rows -> Client.of(rows, shared, momentum, kernels))
                    .toList();
            double norm = Math.sqrt(kernels.dot(s, s));
            for (int t = 0; ; t++) {
                double squared = 0;
                for (Client client : each) {
                    squared += client.squaredDistance(kernels);
                }
                double distance = Math.sqrt(squared) / norm;
                if (distance <= TARGET || t == LIMIT) {
                    return distance <= TARGET ? t : Double.POSITIVE_INFINITY;
                }
                each.forEach(client -> client.descent().step());
            }
        }
    }

    /**
     * A client under way.
     *
     * @param answer the least squares solution
     * @param gram VᵀV
     */
    private record Client(ClientDescent descent, Matrix answer, Matrix gram) {
        static Client of(LinearMap rows, SharedFactor shared, OptionalDouble momentum, Kernels kernels) {
            Matrix v = shared.v();
            Matrix gram = Matrix.zeros(v.columns(), v.columns());
            kernels.gram(v, gram);
            Matrix answer = Matrix.zeros(rows.rows(), v.columns());
            rows.times(v, answer);
            Matrix factor = gram.copy();
            if (!kernels.cholesky(factor)) {
                throw new IllegalStateException("the shared factor is singular");
            }
            kernels.choleskySolve(factor, answer);
            return new Client(new ClientDescent(rows, shared, momentum, kernels), answer, gram);
        }

        /** ‖(U - U*)Vᵀ‖². */
        double squaredDistance(Kernels kernels) {
            Matrix gap = answer.copy();
            kernels.axpy(-1, descent.factor(), gap);
            Matrix product = Matrix.zeros(gap.rows(), gap.columns());
            kernels.multiply(1, gap, gram, 0, product);
            return kernels.dot(gap, product);
        }
    }
}
