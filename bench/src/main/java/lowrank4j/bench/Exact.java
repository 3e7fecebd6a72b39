package lowrank4j.bench;

import lowrank4j.matrix.Matrix;

/** Sums of products in twice the precision, against which a kernel's rounding can be seen (Ogita, Rump, Oishi 2005). */
final class Exact {
    /** Half the distance from 1 to the next number. */
    static final double EPS = 0x1p-53;

    private double sum;
    private double lost;
    private double magnitude;

    /** Adds a product. */
    Exact add(double a, double b) {
        double product = a * b;
        double rest = Math.fma(a, b, -product);
        double next = sum + product;
        double part = next - sum;
        lost += (sum - (next - part)) + (product - part) + rest;
        sum = next;
        magnitude += Math.abs(product);
        return this;
    }

    double value() {
        return sum + lost;
    }

    /** How far off a result is, in units of eps times the sum of the terms' magnitudes. */
    double error(double result) {
        double size = EPS * magnitude;
        return size == 0 ? Math.abs(result - value()) : Math.abs(result - value()) / size;
    }

    /** The largest error of {@code C = AB}. */
    static double ofProduct(Matrix a, Matrix b, Matrix c) {
        double largest = 0;
        for (int i = 0; i < c.rows(); i++) {
            for (int j = 0; j < c.columns(); j++) {
                Exact entry = new Exact();
                for (int k = 0; k < a.columns(); k++) {
                    entry.add(a.get(i, k), b.get(k, j));
                }
                largest = Math.max(largest, entry.error(c.get(i, j)));
            }
        }
        return largest;
    }

    /** How far {@code A} is from {@code U diag(values) Vᵀ}, in units of eps times its largest singular value. */
    static double ofDecomposition(Matrix a, Matrix u, double[] values, Matrix v) {
        double largest = 0;
        for (int i = 0; i < a.rows(); i++) {
            for (int j = 0; j < a.columns(); j++) {
                Exact rest = new Exact().add(-a.get(i, j), 1);
                for (int k = 0; k < values.length; k++) {
                    rest.add(u.get(i, k) * values[k], v.get(j, k));
                }
                largest = Math.max(largest, Math.abs(rest.value()));
            }
        }
        return largest / (EPS * Math.abs(values[0]));
    }
}
