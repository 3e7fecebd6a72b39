package lowrank4j.bench;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import lowrank4j.io.Npy;
import lowrank4j.kernel.Kernels;
import lowrank4j.matrix.Matrix;

/**
 * One small {@code lowrank4j sense} from its start to its end, beside the same in Python with NumPy from the same files: what
 * someone waits who has one problem and no program that runs already.
 */
public final class WholeProcess {
    private static final int RUNS = 7;
    private static final int ORDER = 30;
    private static final int RANK = 2;
    private static final int MEASUREMENTS = 600;
    private static final String PROBLEM =
            MEASUREMENTS + " measurements of a matrix of " + ORDER + " × " + ORDER + " and rank " + RANK;

    /** Of the matrix that was measured, without noise; both stop at a relative residual of 1e-10. */
    private static final double LARGEST_ERROR = 1e-8;

    private final Path folder;
    private final Matrix truth;
    private final Map<String, ProcessBuilder> commands = new LinkedHashMap<>();
    private final Map<String, List<Double>> milliseconds = new LinkedHashMap<>();

    private WholeProcess(Path folder) {
        this.folder = folder;
        SplittableRandom random = new SplittableRandom(1);
        Kernels kernels = Machinery.kernels(Contender.REFERENCE);
        Matrix measurements = Matrix.zeros(MEASUREMENTS, ORDER * ORDER);
        double[] data = measurements.data();
        for (int i = 0; i < data.length; i++) {
            data[i] = random.nextGaussian();
        }
        this.truth = Matrix.zeros(ORDER, ORDER);
        kernels.multiplyTransposed(
                1, Numbers.matrix(random, ORDER, RANK), Numbers.matrix(random, ORDER, RANK), 0, truth);
        Matrix observed = Matrix.zeros(MEASUREMENTS, 1);
        kernels.multiply(1, measurements, Matrix.wrap(truth.data(), ORDER * ORDER, 1), 0, observed);
        Npy.write(folder.resolve("A.npy"), data, MEASUREMENTS, ORDER, ORDER);
        Npy.write(folder.resolve("y.npy"), observed.data(), MEASUREMENTS);
    }

    /**
     * Runs each command several times, by turns.
     *
     * @param arguments the file to write, the launcher of the command, and the script that does the same in Python
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Map<String, String> environment = Environment.ofMachine();
        Path folder = Files.createTempDirectory("lowrank4j-bench-");
        try {
            WholeProcess process = new WholeProcess(folder);
            process.addOurs(Path.of(arguments[1]));
            process.addTheirs(Path.of(arguments[2]));
            process.run();
            Map<String, Object> found = new LinkedHashMap<>();
            found.put("environment", environment);
            found.put("problem", PROBLEM);
            found.put("milliseconds", process.milliseconds);
            Environment.write(Path.of(arguments[0]), found);
        } finally {
            delete(folder);
        }
    }

    private void addOurs(Path launcher) {
        String out = in("out");
        String rank = String.valueOf(RANK);
        add("lowrank4j sense", sense(launcher, "--out", out));
        add("lowrank4j sense, told the rank", sense(launcher, "--out", out, "--rank", rank));
        add("lowrank4j sense, told the rank, no files", sense(launcher, "--rank", rank));
        add(
                "lowrank4j sense, told the rank, plain Java",
                sense(launcher, "--out", out, "--rank", rank, "--tier", "reference"));
        add("lowrank4j --version", ours(List.of(launcher.toString(), "--version")));
    }

    private ProcessBuilder sense(Path launcher, String... options) {
        List<String> words =
                new ArrayList<>(List.of(launcher.toString(), "sense", in("A.npy"), in("y.npy"), "--quiet"));
        words.addAll(List.of(options));
        return ours(words);
    }

    /** The launcher takes the Java that measures everything else. */
    private static ProcessBuilder ours(List<String> words) {
        ProcessBuilder builder = new ProcessBuilder(words).redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().put("LOWRANK4J_JAVA_HOME", System.getProperty("java.home"));
        return builder;
    }

    private void addTheirs(Path script) throws InterruptedException {
        Optional<String> python = NumPy.python("numpy");
        if (python.isPresent()) {
            add(
                    "NumPy, told the rank",
                    NumPy.command(
                            python.get(),
                            script.toString(),
                            in("A.npy"),
                            in("y.npy"),
                            in("out"),
                            String.valueOf(RANK)));
            add("import numpy", NumPy.command(python.get(), "-c", "import numpy"));
        }
    }

    private String in(String file) {
        return folder.resolve(file).toString();
    }

    private void add(String name, ProcessBuilder builder) {
        commands.put(name, builder.redirectOutput(ProcessBuilder.Redirect.DISCARD));
        milliseconds.put(name, new ArrayList<>());
    }

    private void run() throws IOException, InterruptedException {
        for (String name : commands.keySet()) {
            run(name); // not counted: the launcher may have something to build, and files are to be in memory
        }
        for (int run = 0; run < RUNS; run++) {
            for (Map.Entry<String, List<Double>> command : milliseconds.entrySet()) {
                command.getValue().add(run(command.getKey()));
            }
        }
        milliseconds.forEach((name, times) -> System.out.println("whole process, milliseconds: " + name + " " + times));
    }

    private double run(String name) throws IOException, InterruptedException {
        delete(folder.resolve("out"));
        ProcessBuilder builder = commands.get(name);
        if (builder == null) {
            throw new IllegalArgumentException("there is no command " + name);
        }
        long start = System.nanoTime();
        int code = builder.start().waitFor();
        double time = (System.nanoTime() - start) * 1e-6;
        if (code != 0) {
            throw new IllegalStateException(name + " ended with exit code " + code);
        }
        if (Files.exists(folder.resolve("out"))) {
            requireTruth();
        }
        return time;
    }

    private void requireTruth() {
        Matrix found = Matrix.zeros(ORDER, ORDER);
        Machinery.kernels(Contender.REFERENCE).multiplyTransposed(1, factor("left.npy"), factor("right.npy"), 0, found);
        Agreement.require(i -> found.data()[i], truth.data(), LARGEST_ERROR);
    }

    private Matrix factor(String file) {
        try (Arena arena = Arena.ofConfined()) {
            double[] entries =
                    Npy.read(folder.resolve("out").resolve(file), arena).toDoubles();
            return Matrix.wrap(entries, ORDER, entries.length / ORDER);
        }
    }

    /** Deletes a file or a folder with all in it. */
    static void delete(Path path) throws IOException {
        if (!Files.exists(path)) {
            return;
        }
        Files.walkFileTree(path, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, IOException e) throws IOException {
                Files.delete(directory);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
