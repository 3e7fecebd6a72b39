package lowrank4j.kernel.contract;

import java.lang.foreign.Arena;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import lowrank4j.kernel.Kernels;
import lowrank4j.kernel.contract.KernelContract.Extent;
import lowrank4j.matrix.DenseRows;
import lowrank4j.matrix.DenseRows.Precision;

/** sensingForward, sensingAdjoint, sensingGradient and sensingGradients. */
final class SensingContract extends Family {
    /** Every remainder of blocks of up to eight rows, and several such blocks. */
    private static final int[] COUNTS = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 11, 12, 13, 17, 26};

    private static final int[] QUICK_COUNTS = {0, 1, 3, 4, 5, 8, 13};

    /** So long that rows are read side by side; 10000 as in matrices of order 100, and wider than the nearest caches. */
    private static final List<Integer> LONG = List.of(1600, 2051, 10_000, 70_001);

    /** Count and width, so many rows that no block of them stays in a cache. */
    private static final List<List<Integer>> MANY =
            List.of(List.of(70_003, 1), List.of(9001, 9), List.of(1205, 64), List.of(401, 700));

    private static final List<Double> SPECIALS = List.of(
            Double.NaN,
            Double.POSITIVE_INFINITY,
            Double.NEGATIVE_INFINITY,
            -0.0,
            (double) Float.MIN_VALUE,
            0x1p-140,
            0x1p-1030);

    private final List<Memory> memories;

    SensingContract(Kernels kernels, Extent extent) {
        super("sensing", kernels, extent);
        memories = Memory.usable(extent == Extent.FULL);
        for (Precision precision : Precision.values()) {
            each(precision + " rows of every count, width", sizes(), width -> everyWidthAndCount(precision, width));
            check("every range of " + precision + " rows", () -> everyRangeOfRows(precision));
            each(
                    "long " + precision + " rows, width",
                    isQuick() ? List.of(10_000) : LONG,
                    width -> longRows(precision, width));
            if (!isQuick()) {
                each("many " + precision + " rows, as", MANY, shape -> manyRows(precision, shape));
            }
            each(
                    "several x at once on " + precision + " rows:",
                    isQuick() ? List.of(3, 9) : List.of(0, 1, 2, 3, 4, 7, 8, 9, 17),
                    several -> severalAtOnce(precision, several));
            each(
                    "special values go the way of the formula, " + precision + " rows:",
                    SPECIALS,
                    special -> specialValuesGoTheWayOfTheFormula(precision, special));
        }
        each("every kind of memory:", memories, this::everyKindOfMemory);
    }

    private void everyWidthAndCount(Precision precision, int width) {
        for (int count : isQuick() ? QUICK_COUNTS : COUNTS) {
            Random random = seeded("sensing", precision.name(), width, count);
            Memory memory = memories.get(random.nextInt(memories.size()));
            try (Arena arena = random.nextBoolean() ? Arena.ofConfined() : Arena.ofShared()) {
                check(memory.gaussian(count, width, precision, random, arena), 0, count, random);
            }
        }
    }

    private void everyKindOfMemory(Memory memory) {
        for (Precision precision : Precision.values()) {
            for (int width : isQuick() ? new int[] {7, 1023} : new int[] {1, 7, 16, 100, 1023}) {
                for (int count : new int[] {1, 4, 7, 13}) {
                    Random random = seeded("memory", memory.name(), precision.name(), width, count);
                    try (Arena arena = Arena.ofShared()) {
                        check(memory.gaussian(count, width, precision, random, arena), 0, count, random);
                    }
                }
            }
        }
    }

    private void everyRangeOfRows(Precision precision) {
        int count = 11;
        for (int width : new int[] {3, 33}) {
            Random random = seeded("ranges", precision.name(), width);
            try (Arena arena = Arena.ofConfined()) {
                DenseRows rows = Memory.SLICE.gaussian(count, width, precision, random, arena);
                for (int from = 0; from <= count; from++) {
                    for (int to = from; to <= count; to++) {
                        check(rows, from, to, random);
                    }
                }
            }
        }
    }

    // Rows that are read side by side, by every count of rows that remain; and some wider than the first caches.
    private void longRows(Precision precision, int width) {
        Memory memory = memories.contains(Memory.BEFORE_FORBIDDEN_PAGE) ? Memory.BEFORE_FORBIDDEN_PAGE : Memory.SLICE;
        for (int count = 1; count <= (isQuick() || width > 10_000 ? 9 : 18); count += isQuick() ? 8 : 1) {
            Random random = seeded("long", precision.name(), width, count);
            try (Arena arena = Arena.ofConfined()) {
                int from = random.nextInt(Math.min(3, count));
                check(memory.gaussian(count, width, precision, random, arena), from, count, random);
            }
        }
    }

    private void manyRows(Precision precision, List<Integer> shape) {
        int count = shape.get(0);
        int width = shape.get(1);
        Random random = seeded("many", precision.name(), count);
        try (Arena arena = Arena.ofConfined()) {
            check(Memory.SLICE.gaussian(count, width, precision, random, arena), 1, count - 1, random);
        }
    }

    private void check(DenseRows rows, int from, int to, Random random) {
        checkForward(rows, from, to, gaussians(rows.width(), random));
        checkAdjoint(rows, from, to, gaussians(to, random), gaussians(rows.width(), random));
        checkGradient(
                rows,
                from,
                to,
                gaussians(rows.width(), random),
                gaussians(to, random),
                gaussians(rows.width(), random));
    }

    private void severalAtOnce(Precision precision, int several) {
        for (int width : new int[] {0, 1, 5, 16, 33, 700}) {
            for (int count : isQuick() ? new int[] {0, 7, 21} : new int[] {0, 1, 7, 8, 9, 15, 16, 21}) {
                Random random = seeded("several", precision.name(), several, width, count);
                try (Arena arena = Arena.ofConfined()) {
                    DenseRows rows = Memory.SLICE.gaussian(count, width, precision, random, arena);
                    checkGradients(rows, Math.min(count, random.nextInt(2)), count, several, random);
                }
            }
        }
        Random random = seeded("several, several blocks", precision.name(), several);
        try (Arena arena = Arena.ofConfined()) {
            checkGradients(
                    Memory.SLICE.gaussian(70, 10_000, precision, random, arena),
                    0,
                    isQuick() ? 9 : 70,
                    several,
                    random);
        }
    }

    private static String describe(DenseRows rows, int from, int to) {
        return rows.precision() + " rows " + from + ".." + to + " of " + rows.count() + "x" + rows.width();
    }

    private void checkForward(DenseRows rows, int from, int to, double[] x) {
        String what = "sensingForward, " + describe(rows, from, to);
        double[] expected = new double[to];
        double[] magnitude = new double[to];
        double[] out = canaries(to);
        reference.sensingForward(rows, from, to, x, expected);
        reference.sensingForward(absolute(rows), from, to, absolute(x), magnitude);
        kernels.sensingForward(rows, from, to, Layout.guarded(x), out);
        Bound.require(what, out, expected, magnitude, from, to, rows.width());
        Layout.requireCanaries(what, out, 0, from);
        Layout.requireCanaries(what, out, to);
    }

    private void checkAdjoint(DenseRows rows, int from, int to, double[] z, double[] g0) {
        String what = "sensingAdjoint, " + describe(rows, from, to);
        double[] expected = g0.clone();
        double[] magnitude = absolute(g0);
        double[] g = Layout.guarded(g0);
        double[] unread = Layout.guarded(z);
        Arrays.fill(unread, 0, from, Layout.CANARY);
        reference.sensingAdjoint(rows, from, to, z, expected);
        reference.sensingAdjoint(absolute(rows), from, to, absolute(z), magnitude);
        kernels.sensingAdjoint(rows, from, to, unread, g);
        Bound.require(what, g, expected, magnitude, 0, rows.width(), to - from + 1);
        Layout.requireCanaries(what, g, rows.width());
    }

    private void checkGradient(DenseRows rows, int from, int to, double[] x, double[] y, double[] g0) {
        String what = "sensingGradient, " + describe(rows, from, to);
        GradientCall call = new GradientCall(from, to, x, y, g0);
        double loss = kernels.sensingGradient(rows, from, to, call.x, call.y, call.residual, call.g);
        call.require(what, rows, loss);
    }

    /** Several x at once, of fewer and of more than a vector has lanes, give what each gives alone. */
    private void checkGradients(DenseRows rows, int from, int to, int several, Random random) {
        String what = several + " sensingGradients, " + describe(rows, from, to);
        GradientCall[] calls = new GradientCall[several];
        for (int p = 0; p < several; p++) {
            double[] x = gaussians(rows.width(), random);
            if (p == 1 && x.length > 0) {
                x[random.nextInt(x.length)] = Double.POSITIVE_INFINITY; // which must not reach the others
            }
            calls[p] = new GradientCall(from, to, x, gaussians(to, random), gaussians(rows.width(), random));
        }
        double[] loss = new double[several];
        Arrays.fill(loss, Layout.CANARY);
        kernels.sensingGradients(
                rows,
                from,
                to,
                Arrays.stream(calls).map(call -> call.x).toArray(double[][]::new),
                Arrays.stream(calls).map(call -> call.y).toArray(double[][]::new),
                Arrays.stream(calls).map(call -> call.residual).toArray(double[][]::new),
                Arrays.stream(calls).map(call -> call.g).toArray(double[][]::new),
                loss);
        for (int p = 0; p < several; p++) {
            calls[p].require(what + ", " + p, rows, loss[p]);
        }
    }

    /** The arguments of one gradient, between canaries. */
    private final class GradientCall {
        private final int from;
        private final int to;
        private final double[] x0;
        private final double[] y0;
        private final double[] g0;
        private final double[] x;
        private final double[] y;
        private final double[] g;
        private final double[] residual;

        GradientCall(int from, int to, double[] x0, double[] y0, double[] g0) {
            this.from = from;
            this.to = to;
            this.x0 = x0;
            this.y0 = y0;
            this.g0 = g0;
            this.x = Layout.guarded(x0);
            this.y = Layout.guarded(y0);
            this.g = Layout.guarded(g0);
            this.residual = canaries(to);
            Arrays.fill(y, 0, from, Layout.CANARY);
        }

        void require(String what, DenseRows rows, double actualLoss) {
            double[] expected = new double[to];
            double[] gradient = g0.clone();
            double loss = reference.sensingGradient(rows, from, to, x0, y0, expected, gradient);
            double[] magnitude = new double[to];
            double[] gradientMagnitude = absolute(g0);
            double lossMagnitude = reference.sensingGradient(
                    absolute(rows), from, to, absolute(x0), negated(absolute(y0)), magnitude, gradientMagnitude);
            double terms = rows.width() + 1;
            Bound.require(what + " residual", residual, expected, magnitude, from, to, terms);
            Bound.require(what, g, gradient, gradientMagnitude, 0, rows.width(), terms + to - from + 1);
            Bound.require(what + " loss", actualLoss, loss, lossMagnitude, 2 * terms + to - from + 1);
            Layout.requireCanaries(what, residual, 0, from);
            Layout.requireCanaries(what, residual, to);
            Layout.requireCanaries(what, g, rows.width());
            double[] yBefore = Layout.guarded(y0);
            Arrays.fill(yBefore, 0, from, Layout.CANARY);
            Require.untouched(what, x, Layout.guarded(x0));
            Require.untouched(what, y, yBefore);
        }
    }

    /** An array of canaries, longer than {@code length}. */
    private static double[] canaries(int length) {
        double[] values = new double[length];
        Arrays.fill(values, Layout.CANARY);
        return Layout.guarded(values);
    }

    private static DenseRows absolute(DenseRows rows) {
        DenseRows absolute = DenseRows.allocate(Arena.ofAuto(), rows.count(), rows.width(), rows.precision());
        for (int i = 0; i < rows.count(); i++) {
            for (int j = 0; j < rows.width(); j++) {
                absolute.set(i, j, Math.abs(rows.get(i, j)));
            }
        }
        return absolute;
    }

    private void specialValuesGoTheWayOfTheFormula(Precision precision, double special) {
        for (int width : new int[] {1, 8, 13, 67}) {
            Random random = seeded("special", precision.name(), width, special);
            try (Arena arena = Arena.ofConfined()) {
                int count = 7;
                DenseRows rows = Memory.ALLOCATED.gaussian(count, width, precision, random, arena);
                double[] x = gaussians(width, random);
                double[] y = gaussians(count, random);
                double[] g = gaussians(width, random);
                double[] spoilt = random.nextBoolean() ? x : random.nextBoolean() ? y : g;
                spoilt[random.nextInt(spoilt.length)] = special;
                checkForward(rows, 0, count, x);
                checkAdjoint(rows, 0, count, y, g);
                checkGradient(rows, 0, count, x, y, g);
                rows = Memory.ALLOCATED.gaussian(count, width, precision, random, arena);
                rows.set(random.nextInt(count), random.nextInt(width), special);
                check(rows, 0, count, random);
            }
        }
    }
}
