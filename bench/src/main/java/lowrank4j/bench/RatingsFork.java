package lowrank4j.bench;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import lowrank4j.CompletionModel;
import lowrank4j.CompletionResult;
import lowrank4j.MatrixCompletion;
import lowrank4j.RecoveryOptions;
import lowrank4j.io.NpyArray;
import lowrank4j.io.Npz;
import tools.jackson.databind.json.JsonMapper;

/** The library's side of the ratings, in a process of its own. */
final class RatingsFork {
    private static final String PEAK = "VmHWM:";

    private RatingsFork() {}

    /**
     * Fits the ratings of a folder once, and prints a line of JSON.
     *
     * @param arguments the folder, the number of threads, and the largest rank or 0 for none
     */
    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[0]);
        RecoveryOptions options = RecoveryOptions.defaults().withThreads(Integer.parseInt(arguments[1]));
        int rank = Integer.parseInt(arguments[2]);
        Path file = folder.resolve("fitted.npz");
        Path heldOut = folder.resolve("heldout.npz");
        // The sizes first, so that the entries themselves are nobody's once the library has them.
        int rows = 1 + Math.max(largest(file, "row"), largest(heldOut, "row"));
        int columns = 1 + Math.max(largest(file, "col"), largest(heldOut, "col"));
        long[] begin = new long[1];
        MatrixCompletion entries = read(file, rows, columns, begin);
        CompletionResult result = entries.solve(rank == 0 ? options : options.withRank(rank));
        double seconds = (System.nanoTime() - begin[0]) * 1e-9;
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("error", error(heldOut, result.model()));
        answer.put("seconds", seconds);
        answer.put("peakBytes", peakBytes());
        answer.put("rank", result.model().factors().rank());
        answer.put("ridge", result.model().ridge());
        System.out.println(JsonMapper.shared().writeValueAsString(answer));
    }

    private static MatrixCompletion read(Path file, int rows, int columns, long[] begin) {
        int[] row = array(file, "row", NpyArray::toInts);
        int[] column = array(file, "col", NpyArray::toInts);
        double[] value = array(file, "value", NpyArray::toDoubles);
        begin[0] = System.nanoTime();
        return MatrixCompletion.of(rows, columns, row, column, value);
    }

    private static int largest(Path file, String name) {
        int largest = 0;
        for (int index : array(file, name, NpyArray::toInts)) {
            largest = Math.max(largest, index);
        }
        return largest;
    }

    private static <T> T array(Path file, String name, Function<NpyArray, T> converted) {
        try (Arena arena = Arena.ofConfined()) {
            return converted.apply(Npz.read(file, name, arena));
        }
    }

    private static double error(Path file, CompletionModel model) {
        int[] row = array(file, "row", NpyArray::toInts);
        int[] column = array(file, "col", NpyArray::toInts);
        double[] value = array(file, "value", NpyArray::toDoubles);
        double square = 0;
        for (int e = 0; e < value.length; e++) {
            double gap = value[e] - model.predict(row[e], column[e]);
            square += gap * gap;
        }
        return Math.sqrt(square / value.length);
    }

    /** The most memory that this process has had; 0 where the system does not say. */
    private static long peakBytes() throws IOException {
        Path status = Path.of("/proc/self/status");
        if (!Files.isReadable(status)) {
            return 0;
        }
        for (String line : Files.readAllLines(status)) {
            if (line.startsWith(PEAK)) {
                return 1024 * Long.parseLong(line.replaceAll("\\D", ""));
            }
        }
        return 0;
    }
}
