package lowrank4j.solver;

/**
 * Eigenvalues of a small complex matrix by the QR iteration with Wilkinson's shifts on its Hessenberg form, by plane rotations
 * throughout (Golub, Van Loan 2013, section 7.5). Cost: about 25r³ complex multiply-adds.
 */
final class ComplexEigenvalues {
    private static final int EXCEPTIONAL = 10;

    private static final int MOST_STEPS = 60;

    private final double[][] re;
    private final double[][] im;
    private final int n;
    /** Of the rotation last made: cosine and sine, both complex. */
    private double cosineRe;

    private double cosineIm;
    private double sineRe;
    private double sineIm;

    private ComplexEigenvalues(double[][] re, double[][] im) {
        this.re = re;
        this.im = im;
        this.n = re.length;
    }

    /**
     * Real parts, then imaginary ones, in no order.
     *
     * @param re real parts, n×n, finite; overwritten
     * @param im imaginary parts, n×n, finite; overwritten
     * @throws IllegalStateException where they do not settle
     */
    static double[][] of(double[][] re, double[][] im) {
        ComplexEigenvalues matrix = new ComplexEigenvalues(re, im);
        matrix.reduce();
        matrix.iterate();
        double[][] values = new double[2][re.length];
        for (int k = 0; k < re.length; k++) {
            values[0][k] = re[k][k];
            values[1][k] = im[k][k];
        }
        return values;
    }

    /** To Hessenberg form. */
    private void reduce() {
        for (int column = 0; column < n - 2; column++) {
            for (int row = n - 1; row > column + 1; row--) {
                if (makeRotation(row - 1, row, column)) {
                    rotateRows(row - 1, row, column);
                    rotateColumns(row - 1, row, n);
                }
            }
        }
    }

    private void iterate() {
        int steps = 0;
        for (int high = n - 1; high > 0; ) {
            int low = high;
            while (low > 0 && !isNegligible(low)) {
                low--;
            }
            if (low == high) {
                high--;
                steps = 0;
                continue;
            }
            steps++;
            if (steps > MOST_STEPS) {
                throw new IllegalStateException("the eigenvalues of a " + n + "x" + n + " matrix do not settle");
            }
            step(low, high, steps % EXCEPTIONAL == 0);
        }
    }

    /** Whether the entry left of diagonal entry k is rounding; it becomes zero then. */
    private boolean isNegligible(int k) {
        double size = Math.hypot(re[k][k - 1], im[k][k - 1]);
        double beside = Math.hypot(re[k][k], im[k][k]) + Math.hypot(re[k - 1][k - 1], im[k - 1][k - 1]);
        if (size > 0x1p-52 * beside) {
            return false;
        }
        re[k][k - 1] = 0;
        im[k][k - 1] = 0;
        return true;
    }

    /** One QR step on rows and columns low … high. */
    private void step(int low, int high, boolean exceptional) {
        double[] shift = exceptional
                ? new double[] {re[high][high] + Math.hypot(re[high][high - 1], im[high][high - 1]), im[high][high]}
                : shift(high);
        subtract(low, high, shift[0], shift[1]);
        double[][] rotations = new double[high - low][];
        for (int k = low; k < high; k++) {
            if (makeRotation(k, k + 1, k)) {
                rotateRows(k, k + 1, k);
            }
            rotations[k - low] = new double[] {cosineRe, cosineIm, sineRe, sineIm};
        }
        for (int k = low; k < high; k++) {
            double[] rotation = rotations[k - low];
            cosineRe = rotation[0];
            cosineIm = rotation[1];
            sineRe = rotation[2];
            sineIm = rotation[3];
            rotateColumns(k, k + 1, Math.min(high, k + 1) + 1);
        }
        subtract(low, high, -shift[0], -shift[1]);
    }

    private void subtract(int low, int high, double byRe, double byIm) {
        for (int k = low; k <= high; k++) {
            re[k][k] -= byRe;
            im[k][k] -= byIm;
        }
    }

    /** The eigenvalue of the last 2×2 block that is nearer to its last entry: d - bc/(p ± √(p² + bc)), p = (a - d)/2. */
    private double[] shift(int k) {
        double pRe = (re[k - 1][k - 1] - re[k][k]) / 2;
        double pIm = (im[k - 1][k - 1] - im[k][k]) / 2;
        double qRe = re[k - 1][k] * re[k][k - 1] - im[k - 1][k] * im[k][k - 1];
        double qIm = re[k - 1][k] * im[k][k - 1] + im[k - 1][k] * re[k][k - 1];
        double sRe = pRe * pRe - pIm * pIm + qRe;
        double sIm = 2 * pRe * pIm + qIm;
        double size = Math.hypot(sRe, sIm);
        double rootRe = Math.sqrt(Math.max(0, (size + sRe) / 2));
        double rootIm = Math.copySign(Math.sqrt(Math.max(0, (size - sRe) / 2)), sIm);
        double sign = pRe * rootRe + pIm * rootIm < 0 ? -1 : 1;
        double dRe = pRe + sign * rootRe;
        double dIm = pIm + sign * rootIm;
        double norm = dRe * dRe + dIm * dIm;
        if (norm == 0) {
            return new double[] {re[k][k], im[k][k]};
        }
        return new double[] {re[k][k] - (qRe * dRe + qIm * dIm) / norm, im[k][k] - (qIm * dRe - qRe * dIm) / norm};
    }

    /** The rotation of rows i and j that makes entry (j, column) zero; false where it is. */
    private boolean makeRotation(int i, int j, int column) {
        double size = Math.hypot(Math.hypot(re[i][column], im[i][column]), Math.hypot(re[j][column], im[j][column]));
        boolean turns = re[j][column] != 0 || im[j][column] != 0;
        cosineRe = turns ? re[i][column] / size : 1;
        cosineIm = turns ? im[i][column] / size : 0;
        sineRe = turns ? re[j][column] / size : 0;
        sineIm = turns ? im[j][column] / size : 0;
        return turns;
    }

    private void rotateRows(int i, int j, int from) {
        for (int k = from; k < n; k++) {
            double aRe = re[i][k];
            double aIm = im[i][k];
            double bRe = re[j][k];
            double bIm = im[j][k];
            re[i][k] = cosineRe * aRe + cosineIm * aIm + sineRe * bRe + sineIm * bIm;
            im[i][k] = cosineRe * aIm - cosineIm * aRe + sineRe * bIm - sineIm * bRe;
            re[j][k] = cosineRe * bRe - cosineIm * bIm - sineRe * aRe + sineIm * aIm;
            im[j][k] = cosineRe * bIm + cosineIm * bRe - sineRe * aIm - sineIm * aRe;
        }
    }

    private void rotateColumns(int i, int j, int to) {
        for (int k = 0; k < to; k++) {
            double aRe = re[k][i];
            double aIm = im[k][i];
            double bRe = re[k][j];
            double bIm = im[k][j];
            re[k][i] = cosineRe * aRe - cosineIm * aIm + sineRe * bRe - sineIm * bIm;
            im[k][i] = cosineRe * aIm + cosineIm * aRe + sineRe * bIm + sineIm * bRe;
            re[k][j] = cosineRe * bRe + cosineIm * bIm - sineRe * aRe - sineIm * aIm;
            im[k][j] = cosineRe * bIm - cosineIm * bRe - sineRe * aIm + sineIm * aRe;
        }
    }
}
