import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import lowrank4j.io.Npz;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.mllib.recommendation.ALS;
import org.apache.spark.mllib.recommendation.MatrixFactorizationModel;
import org.apache.spark.mllib.recommendation.Rating;
import scala.Tuple2;

/**
 * Ratings by the alternating least squares of Spark's MLlib, on what offsets leave, which are fitted here and not counted: MLlib has
 * none. Takes the folder with fitted.npz and heldout.npz and the rank; answers with a line of JSON.
 */
final class SparkRatings {
    /** Times the count of a row, as MLlib has it: what NumPy's side has at a row of 300 ratings. */
    private static final double RIDGE = 0.06;

    private static final int SWEEPS = 10;
    private static final double DAMPING = 4;

    private final int[] row;
    private final int[] column;
    private final double[] value;

    private SparkRatings(Path file) {
        try (Arena arena = Arena.ofConfined()) {
            this.row = Npz.read(file, "row", arena).toInts();
            this.column = Npz.read(file, "col", arena).toInts();
            this.value = Npz.read(file, "value", arena).toDoubles();
        }
    }

    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[0]);
        SparkRatings fitted = new SparkRatings(folder.resolve("fitted.npz"));
        SparkRatings heldOut = new SparkRatings(folder.resolve("heldout.npz"));
        fitted.subtractOffsets(heldOut);
        SparkConf conf = new SparkConf()
                .setMaster("local[2]")
                .setAppName("ratings")
                .set("spark.ui.enabled", "false")
                .set("spark.driver.host", "127.0.0.1")
                .set("spark.driver.bindAddress", "127.0.0.1");
        try (JavaSparkContext context = new JavaSparkContext(conf)) {
            JavaRDD<Rating> ratings = context.parallelize(fitted.ratings(), 2).cache();
            ratings.count();
            long start = System.nanoTime();
            MatrixFactorizationModel model =
                    ALS.train(ratings.rdd(), Integer.parseInt(arguments[1]), SWEEPS, RIDGE, 2, 1);
            double[][] left = features(model.userFeatures().toJavaRDD().collect());
            double[][] right = features(model.productFeatures().toJavaRDD().collect());
            double seconds = (System.nanoTime() - start) * 1e-9;
            System.out.println("{\"error\": " + heldOut.error(left, right) + ", \"seconds\": " + seconds
                    + ", \"peakBytes\": " + peakBytes() + ", \"version\": \"" + context.version() + "\"}");
        }
    }

    /** From these values and from others, which have no part in the fit of the offsets. */
    private void subtractOffsets(SparkRatings other) {
        double mean = Arrays.stream(value).average().orElse(0);
        int rows = 1 + Math.max(largest(row), largest(other.row));
        int columns = 1 + Math.max(largest(column), largest(other.column));
        double[] byRow = new double[rows];
        double[] byColumn = new double[columns];
        for (int sweep = 0; sweep < 5; sweep++) {
            byRow = means(row, column, byColumn, rows, mean);
            byColumn = means(column, row, byRow, columns, mean);
        }
        for (SparkRatings each : List.of(this, other)) {
            for (int e = 0; e < each.value.length; e++) {
                each.value[e] -= mean + byRow[each.row[e]] + byColumn[each.column[e]];
            }
        }
    }

    private static int largest(int[] indices) {
        return Arrays.stream(indices).max().orElse(0);
    }

    private double[] means(int[] index, int[] otherIndex, double[] other, int size, double mean) {
        double[] sum = new double[size];
        double[] count = new double[size];
        for (int e = 0; e < value.length; e++) {
            sum[index[e]] += value[e] - mean - other[otherIndex[e]];
            count[index[e]]++;
        }
        Arrays.setAll(sum, k -> sum[k] / (count[k] + DAMPING));
        return sum;
    }

    private List<Rating> ratings() {
        List<Rating> ratings = new ArrayList<>(value.length);
        for (int e = 0; e < value.length; e++) {
            ratings.add(new Rating(row[e], column[e], value[e]));
        }
        return ratings;
    }

    private static double[][] features(List<Tuple2<Object, double[]>> features) {
        int size = 0;
        for (Tuple2<Object, double[]> feature : features) {
            size = Math.max(size, (int) feature._1() + 1);
        }
        double[][] rows = new double[size][];
        for (Tuple2<Object, double[]> feature : features) {
            rows[(int) feature._1()] = feature._2();
        }
        return rows;
    }

    private double error(double[][] left, double[][] right) {
        double square = 0;
        for (int e = 0; e < value.length; e++) {
            double gap = value[e];
            if (row[e] < left.length && left[row[e]] != null && column[e] < right.length && right[column[e]] != null) {
                for (int k = 0; k < left[row[e]].length; k++) {
                    gap -= left[row[e]][k] * right[column[e]][k];
                }
            }
            square += gap * gap;
        }
        return Math.sqrt(square / value.length);
    }

    private static long peakBytes() throws IOException {
        try (Stream<String> lines = Files.lines(Path.of("/proc/self/status"))) {
            return 1024 * lines.filter(line -> line.startsWith("VmHWM"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .sum();
        }
    }
}
