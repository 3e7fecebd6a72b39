package lowrank4j.kernel.contract;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import lowrank4j.kernel.Kernels;
import lowrank4j.kernel.contract.KernelContract.Extent;
import lowrank4j.matrix.SignRows;

/** signForward, signAdjoint and signGradient. */
final class SignContract extends Family {
    /** Around groups of eight rows and pairs of them. */
    private static final int[] COUNTS = {0, 1, 2, 5, 7, 8, 9, 15, 16, 17, 25, 33};

    private static final int[] QUICK_COUNTS = {0, 1, 8, 17};

    /** Around whole bytes, words of 64 and tiles of 512; 10000 as in matrices of order 100. */
    private static final List<Integer> LONG = List.of(127, 128, 129, 511, 512, 513, 520, 1600, 2051, 10_000, 70_001);

    /** Count and width, so many rows that they take several blocks. */
    private static final List<List<Integer>> MANY =
            List.of(List.of(5003, 1), List.of(4117, 9), List.of(2049, 65), List.of(601, 700), List.of(140, 20_011));

    private static final List<Double> SPECIALS = List.of(
            Double.NaN,
            Double.POSITIVE_INFINITY,
            Double.NEGATIVE_INFINITY,
            -0.0,
            0x1p-140,
            0x1p-1030,
            Double.MIN_VALUE);

    private final List<Memory> memories;

    SignContract(Kernels kernels, Extent extent) {
        super("signs", kernels, extent);
        memories = Memory.usable(extent == Extent.FULL);
        each("rows of every count, width", sizes(), this::everyCount);
        each("long rows, width", isQuick() ? List.of(513, 10_000) : LONG, this::longRows);
        check("every range of rows", this::everyRangeOfRows);
        each("every kind of memory:", memories, this::everyKindOfMemory);
        each("special values go the way of the formula:", SPECIALS, this::specialValues);
        check("bits beyond the width do not count", this::bitsBeyondTheWidthDoNotCount);
        if (!isQuick()) {
            each("many rows, as", MANY, this::manyRows);
        }
    }

    private void everyCount(int width) {
        for (int count : isQuick() ? QUICK_COUNTS : COUNTS) {
            Random random = seeded("signs", width, count);
            Memory memory = memories.get(random.nextInt(memories.size()));
            try (Arena arena = random.nextBoolean() ? Arena.ofConfined() : Arena.ofShared()) {
                check(memory.signs(count, width, random, arena), 0, count, random);
            }
        }
    }

    private void longRows(int width) {
        Memory memory = memories.contains(Memory.BEFORE_FORBIDDEN_PAGE) ? Memory.BEFORE_FORBIDDEN_PAGE : Memory.SLICE;
        for (int count : isQuick() ? new int[] {9} : new int[] {1, 8, 19, 35}) {
            Random random = seeded("long signs", width, count);
            try (Arena arena = Arena.ofConfined()) {
                check(memory.signs(count, width, random, arena), random.nextInt(Math.min(3, count)), count, random);
            }
        }
    }

    private void everyRangeOfRows() {
        int count = 19;
        for (int width : new int[] {3, 77}) {
            Random random = seeded("ranges of signs", width);
            try (Arena arena = Arena.ofConfined()) {
                SignRows rows = Memory.SLICE.signs(count, width, random, arena);
                for (int from = 0; from <= count; from++) {
                    for (int to = from; to <= count; to++) {
                        check(rows, from, to, random);
                    }
                }
            }
        }
    }

    private void everyKindOfMemory(Memory memory) {
        for (int width : isQuick() ? new int[] {7, 1023} : new int[] {1, 7, 16, 100, 1023}) {
            for (int count : new int[] {1, 8, 13}) {
                Random random = seeded("memory of signs", memory.name(), width, count);
                try (Arena arena = Arena.ofShared()) {
                    check(memory.signs(count, width, random, arena), 0, count, random);
                }
            }
        }
    }

    private void manyRows(List<Integer> shape) {
        Random random = seeded("many signs", shape.get(0));
        try (Arena arena = Arena.ofConfined()) {
            SignRows rows = Memory.SLICE.signs(shape.get(0), shape.get(1), random, arena);
            check(rows, 1, rows.count() - 1, random);
        }
    }

    private void specialValues(double special) {
        for (int width : new int[] {1, 8, 13, 67}) {
            for (int spoilt = 0; spoilt < 3; spoilt++) {
                Random random = seeded("special for signs", width, special, spoilt);
                try (Arena arena = Arena.ofConfined()) {
                    SignRows rows = Memory.ALLOCATED.signs(11, width, random, arena);
                    double[] x = gaussians(width, random);
                    double[] y = gaussians(11, random);
                    double[] g = gaussians(width, random);
                    double[] one = List.of(x, y, g).get(spoilt);
                    one[random.nextInt(one.length)] = special;
                    checkForward(rows, 0, 11, x);
                    checkAdjoint(rows, 0, 11, y, g);
                    checkGradient(rows, 0, 11, x, y, g);
                }
            }
        }
    }

    private void bitsBeyondTheWidthDoNotCount() {
        for (int width : new int[] {1, 13, 63, 515}) {
            Random random = seeded("bits beyond", width);
            try (Arena arena = Arena.ofConfined()) {
                SignRows rows = Memory.ALLOCATED.signs(10, width, random, arena);
                int last = SignRows.rowBytes(width) - 1;
                int beyond = 0xff >> (width & 7);
                for (int i = 0; i < rows.count(); i++) {
                    long at = rows.byteOffset(i) + last;
                    byte bits = rows.segment().get(ValueLayout.JAVA_BYTE, at);
                    rows.segment().set(ValueLayout.JAVA_BYTE, at, (byte) (bits | beyond));
                }
                check(rows, 0, rows.count(), random);
            }
        }
    }

    private void check(SignRows rows, int from, int to, Random random) {
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

    private static String describe(SignRows rows, int from, int to) {
        return "rows " + from + ".." + to + " of " + rows.count() + "x" + rows.width();
    }

    /** Rows of +1, with which the formula gives the sum of what it is given. */
    private static SignRows ones(SignRows rows) {
        MemorySegment segment = Arena.ofAuto().allocate(rows.bytes()).fill((byte) -1);
        return SignRows.wrap(segment, rows.count(), rows.width());
    }

    private void checkForward(SignRows rows, int from, int to, double[] x) {
        String what = "signForward, " + describe(rows, from, to);
        double[] expected = new double[to];
        double[] magnitude = new double[to];
        double[] out = canaries(to);
        reference.signForward(rows, from, to, x, expected);
        reference.signForward(ones(rows), from, to, absolute(x), magnitude);
        kernels.signForward(rows, from, to, Layout.guarded(x), out);
        Bound.require(what, out, expected, magnitude, from, to, rows.width());
        Layout.requireCanaries(what, out, 0, from);
        Layout.requireCanaries(what, out, to);
    }

    private void checkAdjoint(SignRows rows, int from, int to, double[] z, double[] g0) {
        String what = "signAdjoint, " + describe(rows, from, to);
        double[] expected = g0.clone();
        double[] magnitude = absolute(g0);
        double[] g = Layout.guarded(g0);
        double[] unread = Layout.guarded(z);
        Arrays.fill(unread, 0, from, Layout.CANARY);
        double[] zBefore = unread.clone();
        reference.signAdjoint(rows, from, to, z, expected);
        reference.signAdjoint(ones(rows), from, to, absolute(z), magnitude);
        kernels.signAdjoint(rows, from, to, unread, g);
        Bound.require(what, g, expected, magnitude, 0, rows.width(), to - from + 1);
        Layout.requireCanaries(what, g, rows.width());
        Require.untouched(what, unread, zBefore);
    }

    private void checkGradient(SignRows rows, int from, int to, double[] x0, double[] y0, double[] g0) {
        String what = "signGradient, " + describe(rows, from, to);
        double[] expected = new double[to];
        double[] gradient = g0.clone();
        double loss = reference.signGradient(rows, from, to, x0, y0, expected, gradient);
        double[] magnitude = new double[to];
        double[] gradientMagnitude = absolute(g0);
        double lossMagnitude = reference.signGradient(
                ones(rows), from, to, absolute(x0), negated(absolute(y0)), magnitude, gradientMagnitude);
        double[] x = Layout.guarded(x0);
        double[] y = Layout.guarded(y0);
        double[] g = Layout.guarded(g0);
        double[] residual = canaries(to);
        Arrays.fill(y, 0, from, Layout.CANARY);
        double[] yBefore = y.clone();
        double actualLoss = kernels.signGradient(rows, from, to, x, y, residual, g);
        double terms = rows.width() + 1;
        Bound.require(what + " residual", residual, expected, magnitude, from, to, terms);
        Bound.require(what, g, gradient, gradientMagnitude, 0, rows.width(), terms + to - from + 1);
        Bound.require(what + " loss", actualLoss, loss, lossMagnitude, 2 * terms + to - from + 1);
        Layout.requireCanaries(what, residual, 0, from);
        Layout.requireCanaries(what, residual, to);
        Layout.requireCanaries(what, g, rows.width());
        Require.untouched(what, x, Layout.guarded(x0));
        Require.untouched(what, y, yBefore);
    }

    private static double[] canaries(int length) {
        double[] values = new double[length];
        Arrays.fill(values, Layout.CANARY);
        return Layout.guarded(values);
    }
}
