package lowrank4j.solver;

import java.util.Random;
import lowrank4j.matrix.Factors;
import lowrank4j.matrix.Matrix;

/** Where an iteration starts. */
@FunctionalInterface
public interface Initialisation {
    /** Factors of the given rank; symmetric where the problem is. */
    Factors start(Problem problem, int rank, Random random);

    /** Whether the rank that is asked for makes a difference. */
    default boolean asksForRank() {
        return true;
    }

    /**
     * The best rank-r approximation of the back-projection {@code A*(y)/energy}: {@code U Σ^½} and {@code V Σ^½} of its singular value
     * decomposition, or its leading eigenpairs with negative eigenvalues as zero if symmetric (Tong, Ma, Chi 2021, eq. 15). Cost:
     * one adjoint, and up to 80 products of the back-projection with r + 8 vectors.
     */
    static Initialisation spectral() {
        return new SpectralStart();
    }

    /** Singular values of the start need no more digits: sampling has changed them by far more. */
    double SPECTRAL_TOLERANCE = 1e-3;

    private static void scaleColumn(Matrix matrix, int column, double scale) {
        for (int i = 0; i < matrix.rows(); i++) {
            matrix.set(i, column, matrix.get(i, column) * scale);
        }
    }

    /** Zeros, for methods that add directions one by one. */
    static Initialisation zero() {
        return (problem, rank, random) -> {
            Matrix left = Matrix.zeros(problem.rows(), rank);
            return problem.operator().isSymmetric()
                    ? Factors.symmetric(left)
                    : new Factors(left, Matrix.zeros(problem.columns(), rank));
        };
    }

    /**
     * Gaussian factors with entries N(0, scale²/n), n the rows of each factor: of spectral norm about {@code scale}, whatever the data
     * (Xu, Shen, Chi, Ma 2023, α·G).
     *
     * @param scale above 0, in units of the root of X
     */
    static Initialisation gaussian(double scale) {
        Positive.require("scale", scale);
        return (problem, rank, random) ->
                entries(problem, rank, scale / Math.sqrt(problem.rows()), scale / Math.sqrt(problem.columns()), random);
    }

    /**
     * Gaussian factors with entries N(0, alpha²/r), whatever the data (Stöger, Soltanolkotabi 2021, α·U): √(n/r) times those of
     * {@link #gaussian(double)}.
     *
     * @param alpha above 0, in units of the root of X
     */
    static Initialisation gaussianByRank(double alpha) {
        Positive.require("alpha", alpha);
        return (problem, rank, random) ->
                entries(problem, rank, alpha / Math.sqrt(rank), alpha / Math.sqrt(rank), random);
    }

    /**
     * Gaussian factors with entries N(0, left²) and N(0, right²), whatever the data: Ye, Du 2021 take one ε for both, Xiong, Ding, Du 2024
     * α and α/3. A symmetric unknown takes the left one.
     *
     * @param left above 0, in units of the root of X
     * @param right likewise
     */
    static Initialisation entries(double left, double right) {
        Positive.require("deviation of the left entries", left);
        Positive.require("deviation of the right entries", right);
        return (problem, rank, random) -> entries(problem, rank, left, right, random);
    }

    /**
     * {@link #entries(double, double)} with α√σ₁ on the left and a third of it on the right, σ₁ of the back-projection (Xiong, Ding, Du
     * 2024).
     *
     * @param alpha above 0
     */
    static Initialisation imbalanced(double alpha) {
        Positive.require("alpha", alpha);
        return (problem, rank, random) -> {
            double deviation = alpha * Math.sqrt(Math.max(spectralNorm(problem), Double.MIN_NORMAL));
            return entries(problem, rank, deviation, deviation / 3, random);
        };
    }

    /**
     * {@link #entries(double, double)} with {@code ε = σ_r/(√(r·σ₁)·(n1 + n2))} on both sides, σ of the back-projection (Ye, Du 2021, arXiv
     * 2106.14289): small enough for simultaneous descent to stay balanced by itself, and not smaller. For the exact rank r.
     */
    static Initialisation yeDu() {
        return (problem, rank, random) -> {
            double[] values = SubspaceIteration.leadingOf(problem, rank, SPECTRAL_TOLERANCE, random)
                    .values();
            double largest = Math.max(values[0] / problem.operator().energy(), Double.MIN_NORMAL);
            double least = Math.max(values[rank - 1] / problem.operator().energy(), 1e-12 * largest);
            double deviation = least / (Math.sqrt(rank * largest) * ((double) problem.rows() + problem.columns()));
            return entries(problem, rank, deviation, deviation, random);
        };
    }

    /** Factors of independent N(0, deviation²) entries; only the left one if symmetric. */
    private static Factors entries(Problem problem, int rank, double left, double right, Random random) {
        Matrix drawn = gaussian(problem.rows(), rank, left, random);
        return beside(problem, drawn, gaussian(problem.columns(), rank, right, random));
    }

    /**
     * Gaussian factors scaled to the data: entries N(0, α²σ/n), σ the spectral norm of {@code A*(y)/energy}, so that {@code ‖X₀‖} is
     * about α² of the norm of X (Stöger, Soltanolkotabi 2021; Xu, Shen, Chi, Ma 2023).
     *
     * @param alpha above 0; small, such as 1e-6, for the implicit bias towards low rank
     */
    static Initialisation smallRandom(double alpha) {
        Positive.require("alpha", alpha);
        return (problem, rank, random) -> gaussian(
                        alpha * Math.sqrt(Math.max(spectralNorm(problem), Double.MIN_NORMAL)))
                .start(problem, rank, random);
    }

    /**
     * Nyström's sketch: {@code L₀ = MΩ} and {@code R₀ = 0}, or {@code U₀ = MΩ} if symmetric, with M the back-projection {@code A*(y)/energy}
     * and Ω Gaussian (Li, Zhang, Mokhtari, He 2024, arXiv 2410.18965; Xu, Wang, Zhao, Ward, Tao 2024 start so too, unbalanced). Where M is
     * X itself, scaled steps then converge quadratically, and alternating scaled steps of 1 arrive at once. Cost: one adjoint, a product of it with r vectors, and its norm.
     *
     * @param size ‖L₀‖ in units of √σ₁ of M, above 0: 4 for scaled steps, which shrink what is too large at once; 50 or so for plain
     *     ones, which then move R nearly alone
     */
    static Initialisation sketch(double size) {
        Positive.require("size of the sketch", size);
        return (problem, rank, random) -> {
            Matrix left = sketch(problem, rank, 1, random);
            FactorSpectrum spectrum =
                    new FactorSpectrum(Factors.symmetric(left), problem.engine().kernels());
            double largest = Math.sqrt(spectrum.values()[0]);
            scale(left, largest == 0 ? 0 : size * Math.sqrt(spectralNorm(problem)) / largest);
            return beside(problem, left, Matrix.zeros(problem.columns(), rank));
        };
    }

    /**
     * The same with the entries of Ω as they are in a paper.
     *
     * @param deviation of the entries of Ω, above 0: c/√r for the {@code c·MΦ} of Xu, Wang, Zhao, Ward, Tao 2024
     */
    static Initialisation sketchOfDeviation(double deviation) {
        Positive.require("deviation", deviation);
        return (problem, rank, random) ->
                beside(problem, sketch(problem, rank, deviation, random), Matrix.zeros(problem.columns(), rank));
    }

    /**
     * {@code L₀ = MΦ₁/(√η·C·σ₁)} and {@code R₀ = √η·D·σ₁·Φ₂}, {@code η = 9/(4Cνσ₁)}, {@code D = Cν/9}, with M the back-projection, σ₁ its norm, and
     * Gaussian Φ₁ of variance 1/r, Φ₂ of variance 1/n2 (Ward, Kolda 2023, arXiv 2305.06927): the column space is there from the
     * start, and no step need be small.
     *
     * @param c C, above 0, such as 4
     * @param nu ν, above 0, such as 0.5
     */
    static Initialisation wardKolda(double c, double nu) {
        Positive.require("C", c);
        Positive.require("nu", nu);
        return (problem, rank, random) -> {
            double norm = Math.max(spectralNorm(problem), Double.MIN_NORMAL);
            double rootStep = Math.sqrt(9 / (4 * c * nu * norm));
            Matrix left = sketch(problem, rank, 1 / Math.sqrt(rank), random);
            scale(left, 1 / (rootStep * c * norm));
            double deviation = rootStep * (c * nu / 9) * norm / Math.sqrt(problem.columns());
            return beside(problem, left, gaussian(problem.columns(), rank, deviation, random));
        };
    }

    /** {@code MΩ}, M the back-projection. */
    private static Matrix sketch(Problem problem, int rank, double deviation, Random random) {
        Matrix image = Matrix.zeros(problem.rows(), rank);
        problem.operator()
                .adjoint(problem.observed())
                .times(gaussian(problem.columns(), rank, deviation, random), image);
        scale(image, 1 / problem.operator().energy());
        return image;
    }

    private static Factors beside(Problem problem, Matrix left, Matrix right) {
        return problem.operator().isSymmetric() ? Factors.symmetric(left) : new Factors(left, right);
    }

    private static void scale(Matrix matrix, double scale) {
        for (int k = 0; k < matrix.columns(); k++) {
            scaleColumn(matrix, k, scale);
        }
    }

    /** Starts from these factors, whatever rank is asked for; from none, as where no signal was found, as {@link #spectral} does. */
    static Initialisation warm(Factors factors) {
        return factors.rank() == 0 ? spectral() : new WarmStart(factors);
    }

    /** The spectral norm of {@code A*(y)/energy}, to about a percent: an estimate of that of X. */
    static double spectralNorm(Problem problem) {
        return new SubspaceIteration(problem.engine().kernels())
                        .singular(problem.operator().adjoint(problem.observed()), 1, 1e-2, new Random(1))
                        .values()[0]
                / problem.operator().energy();
    }

    /** A matrix of independent N(0, deviation²) entries. */
    static Matrix gaussian(int rows, int columns, double deviation, Random random) {
        Matrix matrix = Matrix.zeros(rows, columns);
        for (int k = 0; k < matrix.data().length; k++) {
            matrix.data()[k] = deviation * random.nextGaussian();
        }
        return matrix;
    }
}
