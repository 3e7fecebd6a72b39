package lowrank4j.sensing;

import java.util.Arrays;
import java.util.stream.IntStream;
import lowrank4j.error.InvalidArgumentException;
import lowrank4j.kernel.Engine;
import lowrank4j.matrix.Factors;
import lowrank4j.matrix.HermitianFactors;
import lowrank4j.matrix.Matrix;

/**
 * Expectation values of Pauli strings, {@code A(X)ᵢ = tr(Pᵢ X)}, on a Hermitian positive semidefinite X = U U* of order n = 2ᵏ (Gross, Liu, Flammia,
 * Becker, Eisert 2010, arXiv 0909.3304). The factor is the real stack {@code [Re U; Im U]} of {@link HermitianFactors}, so rows and columns are 2n.
 *
 * <p>No matrix is formed. The strings that flip the same bits x read one diagonal, {@code d[b] = Σ conj(U[b⊕x])·U[b]}, and its Walsh-Hadamard
 * transform gives all of them at once; the adjoint goes the same way back. Re d is even and Im d odd under b → b⊕x, so the transform of the real
 * Re d + Im d has the first at strings with an even number of Y and the second at the others. Cost of a gradient: 16r + 2·log₂(n) + 6 flops for each of
 * the n entries of each diagonal that is measured; 8 bytes a string and 4 MB of diagonals at a time.
 *
 * <p>Only Hermitian directions of the symmetric matrices of order 2n are seen, half of them, and twice as well as {@link #energy} says on the average of all.
 * A factor whose columns are independent over the complex numbers lies between: {@code ‖A(Ũ Ũᵀ)‖² ≈ energy·‖Ũ Ũᵀ‖²} where they are orthogonal, and noise
 * gives the back-projection the norm that it would have for any symmetric operator of this energy. So steps and the noise edge hold as they are.
 */
public final class PauliSensing implements MeasurementOperator {
    /** Numbers of diagonals that are held at a time. */
    private static final int HELD = 1 << 19;

    /** Numbers of diagonals that a thread takes at a time, at the least. */
    private static final int LEAST_WORK = 1 << 12;

    /** Blocks of rows into which the products with diagonals are split. */
    private static final int ROW_BLOCKS = 16;

    private final int n;
    private final int count;
    private final Engine engine;
    /** The different flips, and where their strings begin among the sorted ones. */
    private final int[] flips;

    private final int[] start;
    /** Of each sorted string its place in the user's order, and 2z, plus one where its value is the negative of the transform's. */
    private final int[] place;

    private final int[] sign;
    private final double[] diagonals;
    private final double[] losses;
    private double[] back = {};

    /** Measures these strings, in their order; one may come more than once. */
    public PauliSensing(PauliStrings strings, Engine engine) {
        this.n = 1 << strings.qubits();
        this.count = strings.count();
        this.engine = engine;
        this.place = sorted(strings);
        this.sign = new int[count];
        int[] boundaries = IntStream.range(0, count)
                .filter(s -> s == 0 || strings.flip(place[s]) != strings.flip(place[s - 1]))
                .toArray();
        this.flips = Arrays.stream(boundaries).map(s -> strings.flip(place[s])).toArray();
        this.start = Arrays.copyOf(boundaries, boundaries.length + 1);
        start[boundaries.length] = count;
        for (int s = 0; s < count; s++) {
            int i = place[s];
            int ys = Integer.bitCount(strings.flip(i) & strings.sign(i));
            // i^|x∧z| times the real or the imaginary part of the transform.
            sign[s] = 2 * strings.sign(i) + ((ys + 1) >> 1 & 1);
        }
        this.diagonals = new double[n * Math.min(flips.length, Math.max(1, HELD / n))];
        this.losses = new double[flips.length];
    }

    /** Places in the order of the flips, those of one flip as they were. */
    private static int[] sorted(PauliStrings strings) {
        long[] keys = new long[strings.count()];
        for (int i = 0; i < keys.length; i++) {
            keys[i] = (long) strings.flip(i) << 32 | i;
        }
        Arrays.sort(keys);
        return Arrays.stream(keys).mapToInt(key -> (int) key).toArray();
    }

    /** 2n. */
    @Override
    public int rows() {
        return 2 * n;
    }

    /** 2n. */
    @Override
    public int columns() {
        return 2 * n;
    }

    @Override
    public long count() {
        return count;
    }

    @Override
    public int length() {
        return count;
    }

    @Override
    public boolean isSymmetric() {
        return true;
    }

    @Override
    public boolean isHermitian() {
        return true;
    }

    /** True: about r·n·log⁶(n) random strings are enough (Liu 2011, arXiv 1103.2816). */
    @Override
    public boolean isNearIsometry() {
        return true;
    }

    /** 2m/(2n + 1): the average over all symmetric directions, of which half are not seen. */
    @Override
    public double energy() {
        return 2.0 * count / (2.0 * n + 1);
    }

    @Override
    public void forward(Factors x, double[] out) {
        for (int first = 0; first < flips.length; first += held()) {
            int from = first;
            inDiagonals(from, flip -> {
                transform(flip, from, x);
                for (int s = start[flip]; s < start[flip + 1]; s++) {
                    out[place[s]] = signed(s, diagonals[n * (flip - from) + (sign[s] >> 1)]);
                }
            });
        }
    }

    @Override
    public double gradient(
            Factors x, double[] observed, double[] residual, Sides sides, Matrix gradLeft, Matrix gradRight) {
        boolean left = sides.left();
        boolean right = sides.right() && !x.isSymmetric();
        if (left) {
            gradLeft.fill(0);
        }
        if (right) {
            gradRight.fill(0);
        }
        for (int first = 0; first < flips.length; first += held()) {
            int from = first;
            inDiagonals(from, flip -> {
                transform(flip, from, x);
                losses[flip] = residuals(flip, n * (flip - from), observed, residual);
                transformBack(flip, from, residual);
            });
            if (left) {
                addProducts(from, x.right(), gradLeft);
            }
            if (right) {
                addProducts(from, x.left(), gradRight);
            }
        }
        double loss = 0;
        for (double part : losses) {
            loss += part;
        }
        return loss;
    }

    @Override
    public LinearMap adjoint(double[] z) {
        if (back.length == 0) {
            back = new double[count];
        }
        System.arraycopy(z, 0, back, 0, count);
        return new LinearMap() {
            @Override
            public int rows() {
                return 2 * n;
            }

            @Override
            public int columns() {
                return 2 * n;
            }

            @Override
            public void times(Matrix v, Matrix out) {
                out.fill(0);
                for (int first = 0; first < flips.length; first += held()) {
                    int from = first;
                    inDiagonals(from, flip -> transformBack(flip, from, back));
                    addProducts(from, v, out);
                }
            }

            @Override
            public void transposedTimes(Matrix u, Matrix out) {
                times(u, out);
            }
        };
    }

    @Override
    public long memoryBytes() {
        return 8L * count + 8L * diagonals.length + 8L * back.length + 16L * flips.length;
    }

    /** Diagonals that are held at a time. */
    private int held() {
        return diagonals.length / n;
    }

    @FunctionalInterface
    private interface Diagonal {
        void run(int flip);
    }

    /** For each of the flips from {@code from} on whose diagonals are held together, in parallel. */
    private void inDiagonals(int from, Diagonal work) {
        int to = Math.min(flips.length, from + held());
        int each = Math.max(1, LEAST_WORK / n);
        engine.workers().run((to - from + each - 1) / each, block -> {
            int end = Math.min(to, from + (block + 1) * each);
            for (int flip = from + block * each; flip < end; flip++) {
                work.run(flip);
            }
        });
    }

    /** The transform of the flip's diagonal of X, from which its strings are read. */
    private void transform(int flip, int from, Factors x) {
        int offset = n * (flip - from);
        Arrays.fill(diagonals, offset, offset + n, 0);
        if (x.isSymmetric()) {
            PauliDiagonals.add(1, flips[flip], n, x.left(), x.left(), diagonals, offset);
        } else {
            PauliDiagonals.add(0.5, flips[flip], n, x.left(), x.right(), diagonals, offset);
            PauliDiagonals.add(0.5, flips[flip], n, x.right(), x.left(), diagonals, offset);
        }
        WalshHadamard.transform(diagonals, offset, n);
    }

    private double residuals(int flip, int offset, double[] observed, double[] residual) {
        double loss = 0;
        for (int s = start[flip]; s < start[flip + 1]; s++) {
            double gap = signed(s, diagonals[offset + (sign[s] >> 1)]) - observed[place[s]];
            residual[place[s]] = gap;
            loss += gap * gap;
        }
        return loss;
    }

    /** The flip's diagonal of {@code Σ zᵢ Pᵢ}, as {@link PauliDiagonals#addProduct} takes it. */
    private void transformBack(int flip, int from, double[] z) {
        int offset = n * (flip - from);
        Arrays.fill(diagonals, offset, offset + n, 0);
        for (int s = start[flip]; s < start[flip + 1]; s++) {
            diagonals[offset + (sign[s] >> 1)] += signed(s, z[place[s]]);
        }
        WalshHadamard.transform(diagonals, offset, n);
    }

    private double signed(int s, double value) {
        return (sign[s] & 1) == 0 ? value : -value;
    }

    /** Adds the products of the held diagonals with v; rows are split, so each sum has one order. */
    private void addProducts(int from, Matrix v, Matrix out) {
        if (v.rows() != 2 * n || out.rows() != 2 * n) {
            throw new InvalidArgumentException("the factors have " + v.rows() + " and " + out.rows()
                    + " rows, but the stack of a real and an imaginary part has " + 2 * n);
        }
        int to = Math.min(flips.length, from + held());
        int rows = Math.max(1, n / ROW_BLOCKS);
        engine.workers().run(n / rows, block -> {
            for (int flip = from; flip < to; flip++) {
                PauliDiagonals.addProduct(
                        flips[flip], n, diagonals, n * (flip - from), v, block * rows, (block + 1) * rows, out);
            }
        });
    }
}
