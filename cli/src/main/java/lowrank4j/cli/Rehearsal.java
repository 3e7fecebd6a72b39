package lowrank4j.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import lowrank4j.io.Npy;
import lowrank4j.kernel.Tiers;

/**
 * Runs the commands that are used most on small files of its own. The launcher has the JVM watch it once, after the build, and keep
 * the classes it loads in a form that later starts map instead of reading and checking them.
 */
final class Rehearsal {
    private static final int ROWS = 12;
    private static final int COLUMNS = 9;
    private static final int MEASUREMENTS = 300;

    private final Path folder;

    private Rehearsal(Path folder) {
        this.folder = folder;
    }

    /**
     * Runs them and ends the process: with 0 if each of them ended so.
     *
     * @param arguments a folder that receives the files
     */
    public static void main(String[] arguments) throws IOException {
        Main.prepare();
        System.exit(run(Path.of(arguments[0])));
    }

    /** Runs them and returns the worst of their exit codes. */
    static int run(Path folder) throws IOException {
        Rehearsal rehearsal = new Rehearsal(Files.createDirectories(folder));
        rehearsal.write(new Random(1));
        String best = Tiers.select().report().active().toString();
        // Once in plain Java, as small problems are, and once as large ones are.
        int worst = rehearsal.run("sense", "/A.npy", "/y.npy", "--rank", "1", "--out", "/sensed");
        worst = Math.max(worst, rehearsal.run("sense", "/A.npy", "/y.npy", "--tier", best, "--out", "/sensed"));
        worst = Math.max(worst, rehearsal.run("complete", "/entries.csv", "--rank", "1", "--out", "/model"));
        worst = Math.max(worst, rehearsal.run("approximate", "/X.npy", "--rank", "1", "--out", "/approximation"));
        return Math.max(worst, rehearsal.run("predict", "/model", "/entries.csv"));
    }

    /** What begins with a slash is a file of the folder. */
    private int run(String... words) {
        PrintWriter unseen = new PrintWriter(Writer.nullWriter());
        for (int k = 0; k < words.length; k++) {
            words[k] = words[k].startsWith("/") ? folder + words[k] : words[k];
        }
        return Main.run(words, unseen, unseen);
    }

    /** A matrix of rank one, measurements of it, and two thirds of its entries. */
    private void write(Random random) throws IOException {
        double[] x = new double[ROWS * COLUMNS];
        StringBuilder entries = new StringBuilder("row,column,value\n");
        for (int k = 0; k < x.length; k++) {
            int i = k / COLUMNS;
            int j = k % COLUMNS;
            x[k] = (1 + i) * (COLUMNS - j) / (double) x.length;
            if ((i + j) % 3 > 0) {
                entries.append("r%d,c%d,%s%n".formatted(i, j, x[k]));
            }
        }
        double[] matrices =
                random.doubles((long) MEASUREMENTS * x.length, -1, 1).toArray();
        double[] values = new double[MEASUREMENTS];
        for (int k = 0; k < matrices.length; k++) {
            values[k / x.length] += matrices[k] * x[k % x.length];
        }
        Npy.write(folder.resolve("X.npy"), x, ROWS, COLUMNS);
        Npy.write(folder.resolve("A.npy"), matrices, MEASUREMENTS, ROWS, COLUMNS);
        Npy.write(folder.resolve("y.npy"), values, MEASUREMENTS);
        Files.writeString(folder.resolve("entries.csv"), entries);
    }
}
