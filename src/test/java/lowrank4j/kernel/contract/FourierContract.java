package lowrank4j.kernel.contract;

import java.util.List;
import java.util.Random;
import lowrank4j.kernel.Kernels;
import lowrank4j.kernel.contract.KernelContract.Extent;
import lowrank4j.matrix.FourierTransform;
import lowrank4j.matrix.Matrix;

/** fourierForward, fourierInverse, complexProducts and conjugateProducts. */
final class FourierContract extends Family {
    /** Below and above every vector, with even and odd numbers of halvings, to where they no longer fit into the nearest cache. */
    private static final List<Integer> LENGTHS = List.of(1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048, 4096, 8192);

    private static final List<Integer> QUICK_LENGTHS = List.of(1, 8, 64, 256, 4096);

    /** Longer ones are compared with plain loops: their sums written out take a minute. */
    private static final int LONGEST_BY_DEFINITION = 256;

    FourierContract(Kernels kernels, Extent extent) {
        super("fourier", kernels, extent);
        each("transforms of length", isQuick() ? QUICK_LENGTHS : LENGTHS, this::everyCount);
        each("transforms in every layout:", layouts(), this::everyLayout);
        check("no number hides a NaN", this::keepsNaN);
        each("complex products of n =", sizes(), this::products);
    }

    private void everyCount(int length) {
        FourierTransform transform = new FourierTransform(length);
        for (int count : List.of(0, 1, length / 3, length / 2, length / 2 + 1, length - 1, length)) {
            if (count >= 0 && count <= length) {
                check(transform, count, Layout.any(seeded(length, count)));
            }
        }
    }

    private void everyLayout(Layout layout) {
        for (int length : new int[] {4, 128, 256}) {
            check(new FourierTransform(length), length / 2, layout);
            check(new FourierTransform(length), length, layout);
        }
    }

    private void check(FourierTransform transform, int count, Layout layout) {
        int length = transform.length();
        String what = count + " of " + length + " numbers, " + layout;
        Random random = seeded("fourier", length, count);
        Matrix x = layout.gaussian(2, length, random);
        x.columnRange(count, length).fill(Double.NaN);
        Matrix known = x.columnRange(0, count);
        Matrix expected = spectrum(transform, count, x);
        Matrix sums = Matrix.zeros(2, length);
        double sum = Bound.largest(absoluteSum(known));
        sums.fill(sum);
        double roundings = 4.0 * (1 + Integer.numberOfTrailingZeros(length));
        Matrix before = Layout.DENSE.copyOf(known);
        kernels.fourierForward(transform, count, x);
        Bound.require("fourierForward of " + what, x, expected, sums, roundings);
        Layout.requireCanaries("fourierForward of " + what, x);

        sums.fill(length * sum);
        Matrix inverse = layout.copyOf(expected);
        kernels.fourierInverse(transform, count, inverse);
        Matrix scaled = Matrix.zeros(2, count);
        reference.axpy(length, before, scaled);
        Bound.require("fourierInverse of " + what, inverse.columnRange(0, count), scaled, sums, 3 * roundings);
        Layout.requireCanaries("fourierInverse of " + what, inverse);
    }

    private static Matrix absoluteSum(Matrix x) {
        double sum = 0;
        for (double value : absolute(x).toArray()) {
            sum += value;
        }
        return Matrix.of(new double[][] {{sum}});
    }

    /** By its definition where that is not too long. */
    private Matrix spectrum(FourierTransform transform, int count, Matrix x) {
        int length = transform.length();
        Matrix spectrum = Matrix.zeros(2, length);
        if (length > LONGEST_BY_DEFINITION) {
            spectrum.copyFrom(x);
            reference.fourierForward(transform, count, spectrum);
            return spectrum;
        }
        for (int p = 0; p < length; p++) {
            for (int j = 0; j < count; j++) {
                double angle = -2 * Math.PI * (j * transform.frequency(p) % length) / length;
                double c = Math.cos(angle);
                double s = Math.sin(angle);
                spectrum.set(0, p, spectrum.get(0, p) + c * x.get(0, j) - s * x.get(1, j));
                spectrum.set(1, p, spectrum.get(1, p) + s * x.get(0, j) + c * x.get(1, j));
            }
        }
        return spectrum;
    }

    /** Each number of a spectrum depends on each that it is made of. */
    private void keepsNaN() {
        for (int length : new int[] {2, 64, 128, 2048}) {
            FourierTransform transform = new FourierTransform(length);
            for (int part = 0; part < 2; part++) {
                Matrix x = Layout.DENSE.gaussian(2, length, seeded("NaN", length));
                x.set(part, length / 2 - 1, Double.NaN);
                kernels.fourierForward(transform, length / 2, x);
                requireNaN("fourierForward of " + length, x);
                x = Layout.DENSE.gaussian(2, length, seeded("NaN", length));
                x.set(part, length - 1, Double.NaN);
                kernels.fourierInverse(transform, length, x);
                requireNaN("fourierInverse of " + length, x);
            }
        }
    }

    private static void requireNaN(String what, Matrix x) {
        for (int j = 0; j < x.columns(); j++) {
            Require.that(what + ": number " + j + " is NaN", Double.isNaN(x.get(0, j) + x.get(1, j)));
        }
    }

    private void products(int n) {
        Random random = seeded("complex products", n);
        for (Layout layout : layouts()) {
            String what = "of 2x" + n + ", " + layout;
            Matrix x = Layout.any(random).gaussian(2, n, random);
            Matrix y = random.nextInt(3) == 0 ? x : Layout.any(random).gaussian(2, n, random);
            Matrix sums = layout.gaussian(2, n, random);
            Matrix expected = Layout.DENSE.copyOf(sums);
            Matrix products = Matrix.zeros(2, n);
            Matrix magnitude = Matrix.zeros(2, n);
            Matrix correlation = layout.copyOf(x);
            for (int j = 0; j < n; j++) {
                double a = x.get(0, j);
                double b = x.get(1, j);
                double c = y.get(0, j);
                double d = y.get(1, j);
                expected.set(0, j, expected.get(0, j) + a * c - b * d);
                expected.set(1, j, expected.get(1, j) + a * d + b * c);
                magnitude.set(0, j, Math.abs(sums.get(0, j)) + Math.abs(a * c) + Math.abs(b * d));
                magnitude.set(1, j, Math.abs(sums.get(1, j)) + Math.abs(a * d) + Math.abs(b * c));
                products.set(0, j, c * a + d * b);
                products.set(1, j, d * a - c * b);
            }
            Matrix xBefore = Layout.DENSE.copyOf(x);
            Matrix yBefore = Layout.DENSE.copyOf(y);
            kernels.complexProducts(x, y, sums);
            Bound.require("complexProducts " + what, sums, expected, magnitude, 3);
            Layout.requireCanaries("complexProducts " + what, x, y, sums);
            Matrix larger = absolute(magnitude);
            for (int j = 0; j < n; j++) {
                double all = magnitude.get(0, j) + magnitude.get(1, j);
                larger.set(0, j, all);
                larger.set(1, j, all);
            }
            kernels.conjugateProducts(y, correlation);
            Bound.require("conjugateProducts " + what, correlation, products, larger, 3);
            Layout.requireCanaries("conjugateProducts " + what, y, correlation);
            Require.untouched("complex products " + what, x.toArray(), xBefore.toArray());
            Require.untouched("complex products " + what, y.toArray(), yBefore.toArray());
        }
    }
}
