package lowrank4j.kernel.contract;

import com.sun.management.ThreadMXBean;
import java.lang.foreign.Arena;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import lowrank4j.kernel.Kernels;
import lowrank4j.kernel.contract.KernelContract.Extent;
import lowrank4j.matrix.Matrix;
import lowrank4j.matrix.SignRows;
import lowrank4j.matrix.SparsePattern;

/** What a call promises beside its result: the same bits each time and on each thread, and no garbage. */
final class CallContract extends Family {
    private static final int BATCH = 20;

    /** What a foreign call may allocate: views of its operands, in bytes. Copies of them would be far more. */
    private static final int VIEWS = 1024;

    /** What the loop of the interface over many systems may allocate: two views of each. */
    private static final int VIEWS_OF_EACH = 2048;

    private static final int BATCHES = 1000;

    CallContract(Kernels kernels, Extent extent) {
        super("calls", kernels, extent);
        each("the same bits before and after compilation:", Call.hot(), this::sameBitsBeforeAndAfterCompilation);
        check("the same bits on every thread", this::sameBitsOnEveryThread);
        if (!isQuick()) {
            check("what calls on NaN leave behind does not matter", this::sameBitsAfterCallsOnNaN);
            each("the first call of a thread gives the same bits:", Call.all(), this::sameBitsOnAFreshThread);
            each("nothing is allocated once compiled:", Call.hot(), this::allocatesNothingOnceCompiled);
        }
    }

    private void sameBitsBeforeAndAfterCompilation(Call call) {
        call.make(kernels);
        List<Long> first = call.bits();
        for (int repetition = 0; repetition < (isQuick() ? 40 : 400); repetition++) {
            call.make(kernels);
            Require.that(
                    call + " gives the same bits, repetition " + repetition,
                    repetition % 20 != 0 || call.bits().equals(first));
        }
    }

    /** What a thread keeps from call to call, such as scratch space, is not there yet. */
    private void sameBitsOnAFreshThread(Call call) throws InterruptedException, ExecutionException {
        call.make(kernels);
        List<Long> here = call.bits();
        try (ExecutorService thread = Executors.newSingleThreadExecutor()) {
            thread.submit(() -> call.make(kernels)).get();
        }
        Require.that(
                call + " gives the same bits on a fresh thread", call.bits().equals(here));
    }

    private void sameBitsAfterCallsOnNaN() {
        for (Call call : Call.all()) {
            call.make(kernels);
            List<Long> before = call.bits();
            callOnNaN();
            call.make(kernels);
            Require.that(
                    call + " gives the same bits after calls on NaN",
                    call.bits().equals(before));
        }
    }

    /** Of every operation that takes NaN, so that scratch space is full of it, padding and idle lanes included. */
    private void callOnNaN() {
        int n = 100;
        Matrix square = Layout.DENSE.filled(n, n, Double.NaN);
        Matrix thin = Layout.DENSE.filled(n, 9, Double.NaN);
        Matrix few = Layout.DENSE.filled(9, 9, Double.NaN);
        double[] numbers = new double[n * n];
        Arrays.fill(numbers, Double.NaN);
        kernels.multiply(1, square, square.copy(), 0, square.copy());
        kernels.multiply(1, thin.columnRange(0, 3), few.rowRange(0, 3), 0, thin.copy());
        kernels.transposedMultiply(1, square, square.copy(), 0, square.copy());
        kernels.transposedMultiply(1, square, thin, 0, thin.copy());
        kernels.gram(thin, few);
        kernels.choleskySolve(Matrix.identity(9), thin.copy());
        kernels.choleskySolveEach(Layout.DENSE.filled(9 * n, 9, Double.NaN), thin.copy());
        SignRows signs = SignRows.random(Arena.ofAuto(), n, n * n, 1);
        kernels.signGradient(signs, 0, n, numbers, numbers.clone(), new double[n], numbers.clone());
        int[] starts = IntStream.rangeClosed(0, n).map(i -> i * n).toArray();
        int[] columns = IntStream.range(0, n * n).map(k -> k % n).toArray();
        SparsePattern pattern = new SparsePattern(n, n, starts, columns);
        double[] residual = new double[n * n];
        kernels.completionGradient(pattern, 0, n, thin, thin.copy(), numbers, residual, thin.copy(), thin.copy());
        kernels.completionProduct(pattern, 0, n, numbers, thin, thin.copy());
        kernels.completionGrams(pattern, 0, n, thin, numbers, Matrix.zeros(10 * n, 10));
    }

    private void sameBitsOnEveryThread() throws InterruptedException, ExecutionException {
        List<String> alone = results();
        try (ExecutorService threads = Executors.newFixedThreadPool(3)) {
            Callable<List<String>> results = this::results;
            for (Future<List<String>> together : threads.invokeAll(Collections.nCopies(3, results))) {
                requireSame(together.get(), alone);
            }
        }
    }

    private static void requireSame(List<String> together, List<String> alone) {
        for (int i = 0; i < alone.size(); i++) {
            Require.that(
                    "the bits alone, " + alone.get(i) + ", are those on three threads, " + together.get(i),
                    together.get(i).equals(alone.get(i)));
        }
    }

    /** What every call gives, on problems of their own. */
    private List<String> results() {
        List<String> results = new ArrayList<>();
        for (Call call : Call.all()) {
            for (int repetition = 0; repetition < (isQuick() ? 1 : 3); repetition++) {
                call.make(kernels);
                results.add(call + ": " + call.bits().hashCode());
            }
        }
        return results;
    }

    private int allowed(Call call) {
        return switch (kernels.tier()) {
            case REFERENCE -> call.isOfMany() ? VIEWS_OF_EACH : 0;
            case VECTOR -> 0;
            case NATIVE -> call.isLarge() ? VIEWS : 0;
        };
    }

    // Vectors are objects until the compiler has removed them, so the first calls may allocate.
    private void allocatesNothingOnceCompiled(Call call) {
        ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long allowed = BATCH * (long) allowed(call);
        long bytes = -1;
        int quiet = 0;
        for (int batch = 0; batch < BATCHES && quiet < 3; batch++) {
            long start = thread.getCurrentThreadAllocatedBytes();
            for (int repetition = 0; repetition < BATCH; repetition++) {
                call.make(kernels);
            }
            bytes = thread.getCurrentThreadAllocatedBytes() - start;
            quiet = bytes <= allowed ? quiet + 1 : 0;
            if (bytes > allowed) {
                LockSupport.parkNanos(10_000_000); // leaves the compiler some of the processor
            }
        }
        Require.that(
                call + " allocates nothing (the last " + BATCH + " calls allocated " + bytes + " bytes)", quiet == 3);
    }
}
