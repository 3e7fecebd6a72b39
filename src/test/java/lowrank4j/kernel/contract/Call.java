package lowrank4j.kernel.contract;

import java.lang.foreign.Arena;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;
import lowrank4j.kernel.Kernels;
import lowrank4j.kernel.Tier;
import lowrank4j.kernel.Tiers;
import lowrank4j.matrix.DenseRows;
import lowrank4j.matrix.DenseRows.Precision;
import lowrank4j.matrix.Ensemble;
import lowrank4j.matrix.FourierTransform;
import lowrank4j.matrix.Matrix;
import lowrank4j.matrix.SeededRows;
import lowrank4j.matrix.SignRows;
import lowrank4j.matrix.SparsePattern;

/** A call of one operation on a small problem of its own, which can be made again and again. */
final class Call {
    private static final String LARGE = "large";
    private static final String MANY = "choleskySolveEach";
    private static final Kernels REFERENCE = Tiers.select(Tier.REFERENCE).kernels();

    private final String name;
    private final Consumer<Kernels> body;
    private final double[][] outputs;
    private final double[][] before;

    /** @param outputs every array that the call writes to */
    private Call(String name, Consumer<Kernels> body, double[]... outputs) {
        this.name = name;
        this.body = body;
        this.outputs = outputs;
        this.before = Stream.of(outputs).map(double[]::clone).toArray(double[][]::new);
    }

    /** Puts the outputs back to what they were, and calls. Allocates nothing itself. */
    void make(Kernels kernels) {
        for (int k = 0; k < outputs.length; k++) {
            System.arraycopy(before[k], 0, outputs[k], 0, outputs[k].length);
        }
        body.accept(kernels);
    }

    /** The bits of the outputs of the last call. */
    List<Long> bits() {
        return Stream.of(outputs)
                .flatMapToDouble(Arrays::stream)
                .mapToObj(Double::doubleToRawLongBits)
                .toList();
    }

    /** Whether the problem is large enough for a foreign library. */
    boolean isLarge() {
        return name.endsWith(LARGE);
    }

    /** Whether it is one operation on many small problems. */
    boolean isOfMany() {
        return name.startsWith(MANY);
    }

    @Override
    public String toString() {
        return name;
    }

    /** The operations that solvers call in every iteration, in the shapes they call them. */
    static List<Call> hot() {
        return Stream.of(
                        // Tiny problems come first: they tell the compiler that the main loops are rarely entered.
                        updates(2, 3),
                        products("tiny", 3, 2, 2),
                        products("single", 9, 1, 1),
                        sensing(Precision.FLOAT64, 3, 5),
                        sensing(Precision.FLOAT32, 3, 5),
                        signs(3, 5),
                        seeded(2, 32),
                        fourier(2),
                        completion(5, 2),
                        solves(2),
                        updates(101, 7),
                        products("rank 5", 100, 5, 5),
                        products("rank 8", 200, 8, 8),
                        products("rank 10", 300, 10, 10),
                        products("odd", 37, 13, 11),
                        products(LARGE, 100, 104, 96),
                        sensing(Precision.FLOAT64, 23, 407),
                        sensing(Precision.FLOAT32, 23, 407),
                        sensing(Precision.FLOAT64, 23, 1607),
                        sensing(Precision.FLOAT32, 23, 1607),
                        signs(43, 1207),
                        signs(13, 128),
                        seeded(5, 1312),
                        fourier(128),
                        fourier(256),
                        fourier(4096),
                        completion(60, 5),
                        completion(60, 10),
                        solves(5),
                        solves(10),
                        solves(33),
                        solves(90))
                .flatMap(calls -> calls)
                .toList();
    }

    /** The operations that are called now and then. */
    static List<Call> decompositions() {
        return Stream.of(decompositions(12, 7), decompositions(16, 16), decompositions(140, 132))
                .flatMap(calls -> calls)
                .toList();
    }

    static List<Call> all() {
        return Stream.concat(hot().stream(), decompositions().stream()).toList();
    }

    private static Stream<Call> updates(int n, int m) {
        Random random = new Random(1);
        Matrix x = Layout.DENSE.gaussian(n, m, random);
        Matrix y = new Layout(1, 3).gaussian(n, m, random);
        double[] dot = new double[1];
        return Stream.of(
                new Call("dot of " + x.shape(), kernels -> dot[0] = kernels.dot(x, y), dot),
                new Call("axpy of " + x.shape(), kernels -> kernels.axpy(0.3, x, y), y.data()),
                new Call("scaledCopy of " + x.shape(), kernels -> kernels.scaledCopy(0.3, x, y), y.data()));
    }

    private static Stream<Call> products(String shape, int n, int k, int m) {
        Random random = new Random(2);
        Matrix a = Layout.DENSE.gaussian(n, k, random);
        Matrix b = Layout.DENSE.gaussian(k, m, random);
        Matrix bTransposed = b.transposed();
        Matrix tall = Layout.DENSE.gaussian(n, m, random);
        Matrix c = Layout.DENSE.gaussian(n, m, random);
        Matrix small = Layout.DENSE.gaussian(k, m, random);
        Matrix gram = Matrix.zeros(k, k);
        return Stream.of(
                new Call("multiply, " + shape, kernels -> kernels.multiply(1, a, b, 0, c), c.data()),
                new Call(
                        "multiplyTransposed, " + shape,
                        kernels -> kernels.multiplyTransposed(-1, a, bTransposed, 1, c),
                        c.data()),
                new Call(
                        "transposedMultiply, " + shape,
                        kernels -> kernels.transposedMultiply(1, a, tall, 0.5, small),
                        small.data()),
                new Call("gram, " + shape, kernels -> kernels.gram(a, gram), gram.data()));
    }

    private static Stream<Call> sensing(Precision precision, int count, int width) {
        Random random = new Random(3);
        String shape = precision + " " + count + "x" + width;
        DenseRows rows = Memory.ALLOCATED.gaussian(count, width, precision, random, Arena.ofAuto());
        double[] x = Family.gaussians(width, random);
        double[] y = Family.gaussians(count, random);
        double[] g = Family.gaussians(width, random);
        double[] out = new double[count];
        double[] loss = new double[1];
        double[][] several = new double[8][];
        double[][] observed = new double[8][];
        double[][] residuals = new double[8][count];
        double[][] gradients = new double[8][width];
        double[] losses = new double[8];
        for (int p = 0; p < 8; p++) {
            several[p] = Family.gaussians(width, random);
            observed[p] = y;
        }
        return Stream.of(
                new Call(
                        "8 sensingGradients, " + shape,
                        kernels -> kernels.sensingGradients(
                                rows, 0, count, several, observed, residuals, gradients, losses),
                        losses,
                        residuals[0],
                        residuals[7],
                        gradients[0],
                        gradients[7]),
                new Call("sensingForward, " + shape, kernels -> kernels.sensingForward(rows, 0, count, x, out), out),
                new Call("sensingAdjoint, " + shape, kernels -> kernels.sensingAdjoint(rows, 0, count, y, g), g),
                new Call(
                        "sensingGradient, " + shape,
                        kernels -> loss[0] = kernels.sensingGradient(rows, 0, count, x, y, out, g),
                        out,
                        g,
                        loss));
    }

    private static Stream<Call> signs(int count, int width) {
        Random random = new Random(7);
        String shape = count + "x" + width;
        SignRows rows = Memory.ALLOCATED.signs(count, width, random, Arena.ofAuto());
        double[] x = Family.gaussians(width, random);
        double[] y = Family.gaussians(count, random);
        double[] g = Family.gaussians(width, random);
        double[] out = new double[count];
        double[] loss = new double[1];
        return Stream.of(
                new Call("signForward, " + shape, kernels -> kernels.signForward(rows, 0, count, x, out), out),
                new Call("signAdjoint, " + shape, kernels -> kernels.signAdjoint(rows, 0, count, y, g), g),
                new Call(
                        "signGradient, " + shape,
                        kernels -> loss[0] = kernels.signGradient(rows, 0, count, x, y, out, g),
                        out,
                        g,
                        loss));
    }

    private static Stream<Call> fourier(int length) {
        Random random = new Random(8);
        FourierTransform transform = new FourierTransform(length);
        Matrix x = new Layout(1, 8).gaussian(2, length, random);
        Matrix y = Layout.DENSE.gaussian(2, length, random);
        String shape = " of " + length;
        return Stream.of(
                new Call("fourierForward of half" + shape, k -> k.fourierForward(transform, length / 2, x), x.data()),
                new Call("fourierForward" + shape, kernels -> kernels.fourierForward(transform, length, x), x.data()),
                new Call("fourierInverse" + shape, kernels -> kernels.fourierInverse(transform, length, x), x.data()),
                new Call("complexProducts" + shape, kernels -> kernels.complexProducts(y, y, x), x.data()),
                new Call("conjugateProducts" + shape, kernels -> kernels.conjugateProducts(y, x), x.data()));
    }

    private static Stream<Call> seeded(int count, int width) {
        DenseRows out = DenseRows.allocate(Arena.ofAuto(), count, width, Precision.FLOAT32);
        return Stream.of(new Ensemble.Gaussian(), new Ensemble.Signs(), new Ensemble.Sparse(0.2))
                .map(ensemble -> {
                    SeededRows rows = new SeededRows(ensemble, 7, count, width);
                    double[] last = new double[count];
                    return new Call(
                            "seededNumbers, " + ensemble + " " + count + "x" + width,
                            kernels -> {
                                kernels.seededNumbers(rows, 0, count, 0, out);
                                for (int i = 0; i < count; i++) {
                                    last[i] = out.get(i, width - 1 - i);
                                }
                            },
                            last);
                });
    }

    private static Stream<Call> completion(int n, int rank) {
        Random random = new Random(4);
        int[] rowStart = new int[n + 1];
        int[] columnIndex = new int[n * n];
        for (int i = 0; i < n; i++) {
            rowStart[i + 1] = rowStart[i];
            for (int j = 0; j < n; j++) {
                if (random.nextInt(3) == 0) {
                    columnIndex[rowStart[i + 1]++] = j;
                }
            }
        }
        SparsePattern pattern = new SparsePattern(n, n, rowStart, Arrays.copyOf(columnIndex, rowStart[n]));
        Matrix left = Layout.DENSE.gaussian(n, rank, random);
        Matrix right = Layout.DENSE.gaussian(n, rank, random);
        Matrix gradLeft = Matrix.zeros(n, rank);
        Matrix gradRight = Matrix.zeros(n, rank);
        double[] y = Family.gaussians(rowStart[n], random);
        double[] out = new double[rowStart[n]];
        double[] loss = new double[1];
        Matrix grams = Matrix.zeros(n * (rank + 1), rank + 1);
        Matrix product = Matrix.zeros(n, rank);
        return Stream.of(
                new Call(
                        "completionProduct, " + rank + " columns",
                        kernels -> kernels.completionProduct(pattern, 0, n, y, right, product),
                        product.data()),
                new Call(
                        "completionGrams, rank " + rank,
                        kernels -> kernels.completionGrams(pattern, 0, n, right, y, grams),
                        grams.data()),
                new Call(
                        "completionForward, rank " + rank,
                        kernels -> kernels.completionForward(pattern, 0, n, left, right, out),
                        out),
                new Call(
                        "completionGradient, rank " + rank,
                        kernels -> loss[0] =
                                kernels.completionGradient(pattern, 0, n, left, right, y, out, gradLeft, gradRight),
                        out,
                        gradLeft.data(),
                        gradRight.data(),
                        loss));
    }

    private static Stream<Call> solves(int rank) {
        Random random = new Random(5);
        Matrix x = Layout.DENSE.gaussian(100, rank, random);
        Matrix s = definite(rank, random);
        Matrix factor = definite(rank, random);
        REFERENCE.cholesky(factor);
        Matrix systems = Matrix.zeros(20 * rank, rank);
        Matrix solutions = Layout.DENSE.gaussian(20, rank, random);
        for (int b = 0; b < 20; b++) {
            systems.rowRange(b * rank, b * rank + rank).copyFrom(s);
        }
        return Stream.of(
                new Call(
                        MANY + ", rank " + rank,
                        kernels -> kernels.choleskySolveEach(systems, solutions),
                        systems.data(),
                        solutions.data()),
                new Call("cholesky, rank " + rank, kernels -> kernels.cholesky(s), s.data()),
                new Call("choleskySolve, rank " + rank, kernels -> kernels.choleskySolve(factor, x), x.data()));
    }

    private static Matrix definite(int order, Random random) {
        Matrix x = Layout.DENSE.gaussian(2 * order, order, random);
        Matrix gram = Matrix.zeros(order, order);
        REFERENCE.gram(x, gram);
        return gram;
    }

    private static Stream<Call> decompositions(int n, int m) {
        Random random = new Random(6);
        Matrix a = Layout.DENSE.gaussian(n, m, random);
        Matrix q = Matrix.zeros(n, m);
        Matrix r = Matrix.zeros(m, m);
        Matrix s = definite(m, random);
        double[] values = new double[m];
        Matrix definite = definite(m, random);
        return Stream.of(
                new Call("thinQr of " + a.shape(), kernels -> kernels.thinQr(a, q, r), q.data(), r.data()),
                new Call(
                        "thinSvd of " + a.shape(),
                        kernels -> kernels.thinSvd(a, q, values, r),
                        q.data(),
                        r.data(),
                        values),
                new Call(
                        "symmetricEigen of " + s.shape(),
                        kernels -> kernels.symmetricEigen(s, values, r),
                        s.data(),
                        values,
                        r.data()),
                new Call("cholesky of " + s.shape(), kernels -> kernels.cholesky(definite), definite.data()));
    }
}
