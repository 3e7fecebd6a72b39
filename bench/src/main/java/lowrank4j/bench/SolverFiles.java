package lowrank4j.bench;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Random;
import java.util.SplittableRandom;
import lowrank4j.io.Npy;
import lowrank4j.io.NpyArray;
import lowrank4j.kernel.Engine;
import lowrank4j.matrix.DenseRows;
import lowrank4j.matrix.Factors;
import lowrank4j.matrix.Matrix;
import lowrank4j.matrix.SparsePattern;
import lowrank4j.sensing.DenseSensing;
import lowrank4j.sensing.MeasurementOperator;
import lowrank4j.sensing.ObservedEntries;
import lowrank4j.solver.Problem;

/**
 * A problem in a folder, for both sides to read: the measurement matrices as bare numbers in {@code measurements.bin}, packed where
 * they are symmetric, or {@code starts.npy} and {@code columns.npy} of the entries; {@code observed.npy}, the truth, and the start of each method.
 */
final class SolverFiles {
    /** A buffer is at most so long, and a multiple of the size of a number. */
    private static final long CHUNK = 1L << 28;

    private final Path folder;
    private final SolverProblem problem;

    SolverFiles(Path folder, SolverProblem problem) {
        this.folder = folder;
        this.problem = problem;
    }

    /** Draws the problem, always the same; returns the energy of its measurements. */
    double write() throws IOException {
        SplittableRandom random = new SplittableRandom(1);
        try (Arena arena = Arena.ofConfined();
                Engine engine = Machinery.engine(Contender.VECTOR, 1)) {
            Factors truth = truth(random, engine);
            write("truth", truth);
            MeasurementOperator operator;
            if (problem.kind() == SolverProblem.Kind.COMPLETION) {
                operator = new ObservedEntries(drawnEntries(random), engine);
            } else {
                DenseRows rows = drawnRows(random, arena);
                transfer(rows.segment(), false);
                operator = operator(rows, engine);
            }
            double[] observed = new double[operator.length()];
            operator.forward(truth, observed);
            Npy.write(path("observed.npy"), observed, observed.length);
            Problem recovery = new Problem(operator, observed, engine);
            for (SolverProblem.Run run : problem.runs()) {
                write(run.name(), run.start().start(recovery, run.rank(), new Random(1)));
            }
            return operator.energy();
        }
    }

    private Factors truth(SplittableRandom random, Engine engine) {
        Matrix left = basis(random, engine);
        Matrix right = problem.isSymmetric() ? left : basis(random, engine);
        int rank = problem.trueRank();
        for (int k = 0; k < rank; k++) {
            double root = Math.sqrt(1 + (SolverProblem.SMALLEST - 1) * k / (rank - 1.0));
            scaleColumn(left, k, root);
            if (!problem.isSymmetric()) {
                scaleColumn(right, k, root);
            }
        }
        return problem.isSymmetric() ? Factors.symmetric(left) : new Factors(left, right);
    }

    private Matrix basis(SplittableRandom random, Engine engine) {
        Matrix basis = Matrix.zeros(problem.n(), problem.trueRank());
        double[] data = basis.data();
        for (int k = 0; k < data.length; k++) {
            data[k] = random.nextGaussian();
        }
        engine.kernels().thinQr(basis, basis, Matrix.zeros(problem.trueRank(), problem.trueRank()));
        return basis;
    }

    private static void scaleColumn(Matrix matrix, int column, double scale) {
        for (int i = 0; i < matrix.rows(); i++) {
            matrix.set(i, column, scale * matrix.get(i, column));
        }
    }

    /** Entries of variance 1, or off the diagonal of a symmetric matrix ½. */
    private DenseRows drawnRows(SplittableRandom random, Arena arena) {
        DenseRows rows = DenseRows.allocate(arena, problem.count(), problem.width(), DenseRows.Precision.FLOAT64);
        double deviation = problem.isSymmetric() ? Math.sqrt(0.5) : 1;
        for (int i = 0; i < rows.count(); i++) {
            for (int j = 0; j < rows.width(); j++) {
                rows.set(i, j, deviation * random.nextGaussian());
            }
            for (int j = 0, diagonal = 0; problem.isSymmetric() && j < problem.n(); diagonal += problem.n() - j, j++) {
                rows.set(i, diagonal, rows.get(i, diagonal) / deviation);
            }
        }
        return rows;
    }

    /** As many in each row, anywhere in it. */
    private SparsePattern drawnEntries(SplittableRandom random) {
        int n = problem.n();
        int inRow = problem.count() / n;
        int[] starts = new int[n + 1];
        int[] columns = new int[n * inRow];
        for (int i = 0, size = 0; i < n; i++) {
            // Selection sampling (Knuth 3.4.2 S).
            for (int j = 0, wanted = inRow; j < n; j++) {
                if (random.nextInt(n - j) < wanted) {
                    columns[size++] = j;
                    wanted--;
                }
            }
            starts[i + 1] = size;
        }
        Npy.write(path("starts.npy"), NpyArray.of(starts, starts.length));
        Npy.write(path("columns.npy"), NpyArray.of(columns, columns.length));
        return new SparsePattern(n, n, starts, columns);
    }

    private void write(String name, Factors factors) {
        Npy.write(path(name + "-left.npy"), factors.left().toArray(), problem.n(), factors.rank());
        Npy.write(path(name + "-right.npy"), factors.right().toArray(), problem.n(), factors.rank());
    }

    /** The truth, or the start of a method. */
    Factors factors(String name) {
        Matrix left = matrix(name + "-left.npy");
        return problem.isSymmetric() ? Factors.symmetric(left) : new Factors(left, matrix(name + "-right.npy"));
    }

    private Matrix matrix(String file) {
        double[] entries = numbers(file);
        return Matrix.wrap(entries, problem.n(), entries.length / problem.n());
    }

    private double[] numbers(String file) {
        try (Arena arena = Arena.ofConfined()) {
            return Npy.read(path(file), arena).toDoubles();
        }
    }

    double[] observed() {
        return numbers("observed.npy");
    }

    /** The entries of a completion. */
    SparsePattern entries() {
        try (Arena arena = Arena.ofConfined()) {
            return new SparsePattern(
                    problem.n(),
                    problem.n(),
                    Npy.read(path("starts.npy"), arena).toInts(),
                    Npy.read(path("columns.npy"), arena).toInts());
        }
    }

    /** The measurement matrices, in memory of their own. */
    DenseRows rows(Arena arena) throws IOException {
        DenseRows rows = DenseRows.allocate(arena, problem.count(), problem.width(), DenseRows.Precision.FLOAT64);
        transfer(rows.segment(), true);
        return rows;
    }

    /** The operator of measurement matrices. */
    DenseSensing operator(DenseRows rows, Engine engine) {
        return problem.isSymmetric()
                ? DenseSensing.symmetric(rows, problem.n(), engine)
                : DenseSensing.rectangular(rows, problem.n(), problem.n(), engine);
    }

    private void transfer(MemorySegment numbers, boolean in) throws IOException {
        StandardOpenOption[] options = in
                ? new StandardOpenOption[] {StandardOpenOption.READ}
                : new StandardOpenOption[] {StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW};
        try (FileChannel channel = FileChannel.open(path("measurements.bin"), options)) {
            for (long start = 0; start < numbers.byteSize(); start += CHUNK) {
                ByteBuffer buffer = numbers.asSlice(start, Math.min(CHUNK, numbers.byteSize() - start))
                        .asByteBuffer();
                while (buffer.hasRemaining()) {
                    if ((in ? channel.read(buffer) : channel.write(buffer)) < 0) {
                        throw new IOException("measurements.bin is too short");
                    }
                }
            }
        }
    }

    private Path path(String file) {
        return folder.resolve(file);
    }
}
