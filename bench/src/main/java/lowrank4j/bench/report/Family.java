package lowrank4j.bench.report;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import lowrank4j.bench.Shape;
import lowrank4j.bench.TallProduct;

/** The families of kernels: what they are called, what their sizes mean, and how much work a size is. */
enum Family {
    SENSING(
            "Dense sensing gradient",
            "One gradient of m dense measurements of width d (n × n, or n(n+1)/2 packed): residual, loss and Σ rᵢAᵢ. "
                    + "The peers take two matrix-vector products; the read roof is the fastest sum of the same numbers.",
            "precision",
            "width"),
    TOGETHER(
            "Several sensing gradients at once",
            "The gradients at k matrices X of 25 million numbers in measurements of width d, which are read once for all of them; "
                    + "the peer takes two matrix products.",
            "width",
            "k"),
    SIGNS(
            "Sign sensing gradient",
            "One gradient of m measurements by d signs in one bit each: residual, loss and Σ rᵢAᵢ. OpenBLAS takes two products with the "
                    + "same signs as doubles, in 64 times the memory; NumPy unpacks 256 rows at a time.",
            "width"),
    COMPLETION(
            "Completion gradient",
            "One gradient of the observed entries, one in a hundred of n × n: residual, loss and both factor gradients. "
                    + "No BLAS has this; the peers are plain Java, and NumPy with SciPy's sparse products.",
            "n",
            "r"),
    TALL(
            "Tall products",
            "Factors of n × r: GRAM XᵀX, TIMES X·S, OUTER L·Rᵀ, RIGHT G·R, LEFT Gᵀ·L, with G of n × min(n, 200).",
            "product",
            "n",
            "r"),
    CHOLESKY("Cholesky", "Factor of an r × r matrix and its solution for n right-hand sides.", "n", "r"),
    BATCH(
            "Many small Cholesky",
            "n systems of r × r, each factored and solved for one right-hand side; the peers take one after another.",
            "n",
            "r"),
    EIGEN(
            "Symmetric eigendecomposition",
            "All eigenvalues and eigenvectors of an r × r matrix, counted as 9r³ flops, whatever the method.",
            "r"),
    INVERSE(
            "Pseudo-inverse",
            "Of a symmetric r × r matrix by its eigenvalues, counted as 10r³ flops; the peers' eigenvectors are LAPACK's and EJML's SVD.",
            "r"),
    SVD(
            "Singular value decomposition",
            "Thin, of rows × columns, m ≥ n, counted as 6mn² + 20n³ flops, whatever the method.",
            "shape"),
    QR(
            "QR decomposition",
            "Thin, of rows × columns, m ≥ n, with both factors, counted as 4mn² - 4n³/3 flops.",
            "shape"),
    GEMM("General product", "Rows × terms × columns.", "shape");

    private final String title;
    private final String note;
    /** Names with spaces between them. */
    private final String parameters;

    Family(String title, String note, String... parameters) {
        this.title = title;
        this.note = note;
        this.parameters = String.join(" ", parameters);
    }

    /** As files and classes are called. */
    String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    String title() {
        return title;
    }

    String note() {
        return note;
    }

    /** In the order in which sizes are listed and sorted. */
    List<String> parameters() {
        return List.of(parameters.split(" ", -1));
    }

    /**
     * What a size asks of the machine.
     *
     * @param bytes read and written, from wherever they come
     * @param workingSet bytes that must stay in a cache for it to serve them
     */
    record Work(double flops, double bytes, double workingSet) {
        double intensity() {
            return flops / bytes;
        }
    }

    Work work(Map<String, String> size) {
        return switch (this) {
            case SENSING -> sensing(size);
            case SIGNS -> signs(size);
            case TOGETHER -> together(number(size, "k"));
            case COMPLETION -> completion(number(size, "n"), number(size, "r"));
            case TALL -> tall(TallProduct.valueOf(text(size, "product")), (int) number(size, "n"), number(size, "r"));
            case CHOLESKY -> cholesky(number(size, "n"), number(size, "r"));
            case BATCH -> batch(number(size, "n"), number(size, "r"));
            case INVERSE -> dense(10 * Math.pow(number(size, "r"), 3), 3 * Math.pow(number(size, "r"), 2));
            case EIGEN -> eigen(number(size, "r"));
            case SVD -> svd(Shape.extents(text(size, "shape")));
            case QR -> qr(Shape.extents(text(size, "shape")));
            case GEMM -> gemm(Shape.extents(text(size, "shape")));
        };
    }

    /** Rows that a sensing benchmark has. */
    static double rows(Map<String, String> size) {
        return Math.floor(number(size, "millions") * 1e6 / number(size, "width"));
    }

    private static Work sensing(Map<String, String> size) {
        double numbers = rows(size) * number(size, "width");
        double bytes = numbers * (text(size, "precision").equals("FLOAT32") ? 4 : 8);
        return new Work(4 * numbers, bytes, bytes);
    }

    private static Work signs(Map<String, String> size) {
        double numbers = rows(size) * number(size, "width");
        return new Work(2 * numbers, numbers / 8, numbers / 8);
    }

    private static Work together(double k) {
        double numbers = 25e6;
        return new Work(4 * k * numbers, 8 * numbers, 8 * numbers);
    }

    /** An entry has its column, value and residual, and a row of each factor and each gradient; those of the left stay in L1. */
    private static Work completion(double n, double r) {
        double entries = n * Math.floor(n / 100);
        return new Work(6 * r * entries, entries * (4 + 8 + 8 + 3 * 8 * r), 2 * 8 * n * r);
    }

    private static Work tall(TallProduct product, int n, double r) {
        double m = TallProduct.columns(n);
        return switch (product) {
            case GRAM -> dense(n * r * (r + 1), n * r + r * r);
            case TIMES -> dense(2 * n * r * r, 2 * n * r + r * r);
            case OUTER, RIGHT, LEFT -> dense(2 * n * m * r, n * m + n * r + m * r);
        };
    }

    private static Work cholesky(double n, double r) {
        return dense(r * r * r / 3 + 2 * n * r * r, 2 * n * r + 2 * r * r);
    }

    private static Work batch(double n, double r) {
        return dense(n * (r * r * r / 3 + 2 * r * r), n * (2 * r * r + 2 * r));
    }

    private static Work eigen(double r) {
        return dense(9 * r * r * r, 3 * r * r);
    }

    private static Work svd(int[] extents) {
        double m = extents[0];
        double n = extents[1];
        return dense(6 * m * n * n + 20 * n * n * n, 2 * m * n + n * n);
    }

    private static Work qr(int[] extents) {
        double m = extents[0];
        double n = extents[1];
        return dense(4 * m * n * n - 4 * n * n * n / 3, 2 * m * n + n * n);
    }

    private static Work gemm(int[] extents) {
        double m = extents[0];
        double k = extents[1];
        double n = extents[2];
        return dense(2 * m * k * n, m * k + k * n + m * n);
    }

    private static Work dense(double flops, double numbers) {
        return new Work(flops, 8 * numbers, 8 * numbers);
    }

    private static double number(Map<String, String> size, String parameter) {
        return Double.parseDouble(text(size, parameter));
    }

    private static String text(Map<String, String> size, String parameter) {
        String value = size.get(parameter);
        if (value == null) {
            throw new IllegalArgumentException("a size lacks " + parameter + ": " + size);
        }
        return value;
    }

    /** Sizes in the order of their parameters, numbers by value. */
    int compare(Map<String, String> one, Map<String, String> other) {
        for (String parameter : parameters()) {
            int order = compare(text(one, parameter), text(other, parameter));
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    private static int compare(String one, String other) {
        boolean numbers = one.matches("\\d+") && other.matches("\\d+");
        return numbers ? Long.compare(Long.parseLong(one), Long.parseLong(other)) : one.compareTo(other);
    }

    /** A size in words, such as "n 1000, r 8". */
    String words(Map<String, String> size) {
        return String.join(
                ", ",
                parameters().stream().map(name -> name + " " + text(size, name)).toList());
    }
}
