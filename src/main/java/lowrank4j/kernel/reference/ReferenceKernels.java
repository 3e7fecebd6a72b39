package lowrank4j.kernel.reference;

import lowrank4j.kernel.Kernels;
import lowrank4j.kernel.Tier;
import lowrank4j.matrix.DenseRows;
import lowrank4j.matrix.Matrix;
import lowrank4j.matrix.SignRows;
import lowrank4j.matrix.SparsePattern;

/** Plain Java that reads like the formulas: the oracle of the other tiers. */
public class ReferenceKernels implements Kernels {
    /** Half the distance from 1 to the next double. */
    static final double EPS = 0x1p-53;

    @Override
    public Tier tier() {
        return Tier.REFERENCE;
    }

    @Override
    public double dot(Matrix x, Matrix y) {
        double sum = 0;
        for (int i = 0; i < x.rows(); i++) {
            for (int j = 0; j < x.columns(); j++) {
                sum += x.get(i, j) * y.get(i, j);
            }
        }
        return sum;
    }

    @Override
    public void axpy(double alpha, Matrix x, Matrix y) {
        for (int i = 0; i < x.rows(); i++) {
            for (int j = 0; j < x.columns(); j++) {
                y.set(i, j, y.get(i, j) + alpha * x.get(i, j));
            }
        }
    }

    @Override
    public void scaledCopy(double alpha, Matrix x, Matrix y) {
        for (int i = 0; i < x.rows(); i++) {
            for (int j = 0; j < x.columns(); j++) {
                y.set(i, j, alpha * x.get(i, j));
            }
        }
    }

    @Override
    public void gram(Matrix x, Matrix g) {
        transposedMultiply(1, x, x, 0, g);
    }

    @Override
    public void multiply(double alpha, Matrix a, Matrix b, double beta, Matrix c) {
        for (int i = 0; i < c.rows(); i++) {
            for (int j = 0; j < c.columns(); j++) {
                double sum = 0;
                for (int p = 0; p < a.columns(); p++) {
                    sum += a.get(i, p) * b.get(p, j);
                }
                c.set(i, j, combine(alpha, sum, beta, c.get(i, j)));
            }
        }
    }

    @Override
    public void multiplyTransposed(double alpha, Matrix a, Matrix b, double beta, Matrix c) {
        for (int i = 0; i < c.rows(); i++) {
            for (int j = 0; j < c.columns(); j++) {
                double sum = 0;
                for (int p = 0; p < a.columns(); p++) {
                    sum += a.get(i, p) * b.get(j, p);
                }
                c.set(i, j, combine(alpha, sum, beta, c.get(i, j)));
            }
        }
    }

    @Override
    public void transposedMultiply(double alpha, Matrix a, Matrix b, double beta, Matrix c) {
        for (int i = 0; i < c.rows(); i++) {
            for (int j = 0; j < c.columns(); j++) {
                double sum = 0;
                for (int p = 0; p < a.rows(); p++) {
                    sum += a.get(p, i) * b.get(p, j);
                }
                c.set(i, j, combine(alpha, sum, beta, c.get(i, j)));
            }
        }
    }

    private static double combine(double alpha, double sum, double beta, double old) {
        return beta == 0 ? alpha * sum : alpha * sum + beta * old;
    }

    @Override
    public void sensingForward(DenseRows rows, int from, int to, double[] x, double[] out) {
        for (int i = from; i < to; i++) {
            double sum = 0;
            for (int j = 0; j < rows.width(); j++) {
                sum += rows.get(i, j) * x[j];
            }
            out[i] = sum;
        }
    }

    @Override
    public void sensingAdjoint(DenseRows rows, int from, int to, double[] z, double[] g) {
        for (int i = from; i < to; i++) {
            for (int j = 0; j < rows.width(); j++) {
                g[j] += z[i] * rows.get(i, j);
            }
        }
    }

    @Override
    public double sensingGradient(
            DenseRows rows, int from, int to, double[] x, double[] y, double[] residual, double[] g) {
        sensingForward(rows, from, to, x, residual);
        double loss = 0;
        for (int i = from; i < to; i++) {
            residual[i] -= y[i];
            loss += residual[i] * residual[i];
        }
        sensingAdjoint(rows, from, to, residual, g);
        return loss;
    }

    @Override
    public void signForward(SignRows rows, int from, int to, double[] x, double[] out) {
        for (int i = from; i < to; i++) {
            double sum = 0;
            for (int j = 0; j < rows.width(); j++) {
                sum += rows.get(i, j) * x[j];
            }
            out[i] = sum;
        }
    }

    @Override
    public void signAdjoint(SignRows rows, int from, int to, double[] z, double[] g) {
        for (int i = from; i < to; i++) {
            for (int j = 0; j < rows.width(); j++) {
                g[j] += z[i] * rows.get(i, j);
            }
        }
    }

    @Override
    public double signGradient(SignRows rows, int from, int to, double[] x, double[] y, double[] residual, double[] g) {
        signForward(rows, from, to, x, residual);
        double loss = 0;
        for (int i = from; i < to; i++) {
            residual[i] -= y[i];
            loss += residual[i] * residual[i];
        }
        signAdjoint(rows, from, to, residual, g);
        return loss;
    }

    @Override
    public void completionForward(
            SparsePattern pattern, int fromRow, int toRow, Matrix left, Matrix right, double[] out) {
        for (int i = fromRow; i < toRow; i++) {
            for (int e = pattern.rowStart()[i]; e < pattern.rowStart()[i + 1]; e++) {
                int j = pattern.columnIndex()[e];
                double sum = 0;
                for (int k = 0; k < left.columns(); k++) {
                    sum += left.get(i, k) * right.get(j, k);
                }
                out[e] = sum;
            }
        }
    }

    @Override
    public double completionGradient(
            SparsePattern pattern,
            int fromRow,
            int toRow,
            Matrix left,
            Matrix right,
            double[] y,
            double[] residual,
            Matrix gradLeft,
            Matrix gradRight) {
        completionForward(pattern, fromRow, toRow, left, right, residual);
        double loss = 0;
        for (int i = fromRow; i < toRow; i++) {
            for (int e = pattern.rowStart()[i]; e < pattern.rowStart()[i + 1]; e++) {
                int j = pattern.columnIndex()[e];
                residual[e] -= y[e];
                loss += residual[e] * residual[e];
                for (int k = 0; k < left.columns(); k++) {
                    gradLeft.set(i, k, gradLeft.get(i, k) + residual[e] * right.get(j, k));
                    gradRight.set(j, k, gradRight.get(j, k) + residual[e] * left.get(i, k));
                }
            }
        }
        return loss;
    }

    @Override
    public void completionProduct(SparsePattern pattern, int fromRow, int toRow, double[] z, Matrix x, Matrix out) {
        for (int i = fromRow; i < toRow; i++) {
            for (int k = 0; k < x.columns(); k++) {
                double sum = 0;
                for (int e = pattern.rowStart()[i]; e < pattern.rowStart()[i + 1]; e++) {
                    sum += z[e] * x.get(pattern.columnIndex()[e], k);
                }
                out.set(i, k, sum);
            }
        }
    }

    @Override
    public void completionGrams(SparsePattern pattern, int fromRow, int toRow, Matrix x, double[] y, Matrix grams) {
        int r = x.columns();
        for (int i = fromRow; i < toRow; i++) {
            for (int k = 0; k <= r; k++) {
                for (int l = 0; l <= k; l++) {
                    double sum = 0;
                    for (int e = pattern.rowStart()[i]; e < pattern.rowStart()[i + 1]; e++) {
                        int j = pattern.columnIndex()[e];
                        sum += (k < r ? x.get(j, k) : y[e]) * (l < r ? x.get(j, l) : y[e]);
                    }
                    grams.set((i - fromRow) * (r + 1) + k, l, sum);
                }
            }
        }
    }

    @Override
    public boolean cholesky(Matrix s) {
        int n = s.rows();
        double largest = 0;
        for (int j = 0; j < n; j++) {
            largest = Math.max(largest, s.get(j, j));
        }
        for (int j = 0; j < n; j++) {
            double pivot = s.get(j, j);
            for (int k = 0; k < j; k++) {
                pivot -= s.get(j, k) * s.get(j, k);
            }
            if (!(pivot > n * EPS * largest)) { // so written, NaN fails
                return false;
            }
            double diagonal = Math.sqrt(pivot);
            s.set(j, j, diagonal);
            for (int i = j + 1; i < n; i++) {
                double sum = s.get(i, j);
                for (int k = 0; k < j; k++) {
                    sum -= s.get(i, k) * s.get(j, k);
                }
                s.set(i, j, sum / diagonal);
                s.set(j, i, sum / diagonal);
            }
        }
        return true;
    }

    @Override
    public void choleskySolve(Matrix factor, Matrix x) {
        int r = factor.rows();
        for (int i = 0; i < x.rows(); i++) {
            for (int j = 0; j < r; j++) { // C y = x
                double sum = x.get(i, j);
                for (int k = 0; k < j; k++) {
                    sum -= factor.get(j, k) * x.get(i, k);
                }
                x.set(i, j, sum / factor.get(j, j));
            }
            for (int j = r - 1; j >= 0; j--) { // Cᵀ z = y
                double sum = x.get(i, j);
                for (int k = j + 1; k < r; k++) {
                    sum -= factor.get(k, j) * x.get(i, k);
                }
                x.set(i, j, sum / factor.get(j, j));
            }
        }
    }

    @Override
    public void thinQr(Matrix a, Matrix q, Matrix r) {
        HouseholderQr.decompose(a, q, r);
    }

    @Override
    public void symmetricEigen(Matrix s, double[] values, Matrix vectors) {
        JacobiEigen.decompose(s, values, vectors);
    }

    @Override
    public void thinSvd(Matrix a, Matrix u, double[] values, Matrix v) {
        JacobiSvd.decompose(a, u, values, v);
    }
}
