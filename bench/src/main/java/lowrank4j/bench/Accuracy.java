package lowrank4j.bench;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import lowrank4j.blas.OpenBlas;
import lowrank4j.kernel.Kernels;
import lowrank4j.matrix.DenseRows;
import lowrank4j.matrix.Matrix;
import lowrank4j.matrix.SparsePattern;

/** The rounding errors of each contender, the largest over several draws: speed that costs digits would show here. */
final class Accuracy {
    private static final int DRAWS = 3;
    private static final List<Contender> OURS = List.of(Contender.REFERENCE, Contender.VECTOR, Contender.NATIVE);

    private final Arena arena;
    private final OpenBlas library = Machinery.openBlas(1);
    private final Map<String, Map<String, Double>> errors = new LinkedHashMap<>();

    private Accuracy(Arena arena) {
        this.arena = arena;
    }

    /** By kernel, then by contender. */
    static void write(Path file) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            Accuracy accuracy = new Accuracy(arena);
            for (int seed = 1; seed <= DRAWS; seed++) {
                SplittableRandom random = new SplittableRandom(seed);
                accuracy.sensing(random);
                accuracy.completion(random);
                accuracy.products(random);
                accuracy.decompositions(random);
            }
            Environment.write(file, accuracy.errors);
        }
    }

    private void note(String kernel, Contender by, double error) {
        errors.computeIfAbsent(kernel, name -> new LinkedHashMap<>()).merge(by.name(), error, Math::max);
    }

    private void sensing(SplittableRandom random) {
        int width = 2500;
        DenseRows rows = Numbers.rows(arena, random, 400, width, DenseRows.Precision.FLOAT64);
        double[] x = random.doubles(width, -1, 1).toArray();
        double[] y = random.doubles(rows.count(), -1, 1).toArray();
        TwoProducts products = new TwoProducts(library, arena, rows, x, y);
        products.run();
        double[] ofProducts = new double[width];
        for (int j = 0; j < width; j++) {
            ofProducts[j] = products.gradient(j);
        }
        String kernel = "sensing gradient, 400 measurements of 50 × 50";
        for (Contender by : OURS) {
            double[] gradient = new double[width];
            Machinery.kernels(by).sensingGradient(rows, 0, rows.count(), x, y, new double[rows.count()], gradient);
            note(kernel, by, gradientError(rows, x, y, gradient));
        }
        note(kernel, Contender.OPENBLAS, gradientError(rows, x, y, ofProducts));
    }

    private static double gradientError(DenseRows rows, double[] x, double[] y, double[] gradient) {
        Exact[] entries = new Exact[x.length];
        for (int j = 0; j < x.length; j++) {
            entries[j] = new Exact();
        }
        for (int i = 0; i < rows.count(); i++) {
            Exact residual = new Exact().add(-y[i], 1);
            for (int j = 0; j < x.length; j++) {
                residual.add(rows.get(i, j), x[j]);
            }
            for (int j = 0; j < x.length; j++) {
                entries[j].add(residual.value(), rows.get(i, j));
            }
        }
        double largest = 0;
        for (int j = 0; j < x.length; j++) {
            largest = Math.max(largest, entries[j].error(gradient[j]));
        }
        return largest;
    }

    private void completion(SplittableRandom random) {
        int n = 1000;
        int r = 16;
        SparsePattern pattern = CompletionBenchmark.pattern(random, n);
        Matrix left = Numbers.matrix(random, n, r);
        Matrix right = Numbers.matrix(random, n, r);
        double[] y = random.doubles(pattern.count(), -1, 1).toArray();
        for (Contender by : OURS) {
            double[] residual = new double[y.length];
            Machinery.kernels(by)
                    .completionGradient(
                            pattern, 0, n, left, right, y, residual, Matrix.zeros(n, r), Matrix.zeros(n, r));
            double largest = 0;
            for (int i = 0; i < n; i++) {
                for (int e = pattern.rowStart()[i]; e < pattern.rowStart()[i + 1]; e++) {
                    Exact exact = new Exact().add(-y[e], 1);
                    for (int k = 0; k < r; k++) {
                        exact.add(left.get(i, k), right.get(pattern.columnIndex()[e], k));
                    }
                    largest = Math.max(largest, exact.error(residual[e]));
                }
            }
            note("completion residual, r 16", by, largest);
        }
    }

    private void products(SplittableRandom random) {
        Matrix a = Numbers.matrix(random, 200, 300);
        Matrix b = Numbers.matrix(random, 300, 150);
        String kernel = "general product, 200 × 300 × 150";
        for (Contender by : OURS) {
            note(kernel, by, error(Product.ours(Machinery.kernels(by), TallProduct.RIGHT, a, b), a, b));
        }
        Product ofOpenBlas = Product.ofOpenBlas(library.blas(), arena, TallProduct.RIGHT, a, b);
        note(kernel, Contender.OPENBLAS, error(ofOpenBlas, a, b));
        note(kernel, Contender.EJML, error(Product.ofEjml(TallProduct.RIGHT, a, b), a, b));
        note(kernel, Contender.NETLIB, error(ColumnProducts.ofNetlib(Machinery.vectorBlas(), a, b), a, b));
        note(kernel, Contender.OJALGO, error(ColumnProducts.ofOjAlgo(a, b), a, b));
    }

    private static double error(Product product, Matrix a, Matrix b) {
        product.call().run();
        return Exact.ofProduct(a, b, product.result().get());
    }

    private void decompositions(SplittableRandom random) {
        int r = 40;
        Matrix x = Numbers.matrix(random, 60, r);
        Matrix s = Matrix.zeros(r, r);
        Machinery.kernels(Contender.REFERENCE).gram(x, s);
        double[] values = new double[r];
        for (Contender by : OURS) {
            Kernels kernels = Machinery.kernels(by);
            Matrix v = Matrix.zeros(r, r);
            kernels.symmetricEigen(s.copy(), values, v);
            note("symmetric eigen, r 40", by, Exact.ofDecomposition(s, v, values, v));
            Matrix u = Matrix.zeros(x.rows(), r);
            kernels.thinSvd(x, u, values, v);
            note("singular values, 60 × 40", by, Exact.ofDecomposition(x, u, values, v));
        }
    }
}
