package lowrank4j.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class ThresholdTest {
    private static final int TALL = 1000;
    private static final int VECTOR_BITS = 512;

    /** Where the native tier changes over; the class is nobody else's, so that it is looked at from inside. */
    @ParameterizedTest
    @EnumSource
    void theReportHasTheThresholdsOfTheNativeTier(Threshold threshold) throws ReflectiveOperationException {
        int order = threshold.order();
        assertThat(isNative(threshold, order)).isTrue();
        assertThat(isNative(threshold, order - 1)).isFalse();
    }

    @Test
    void theReportHasTheBoundsOfSmallProducts() throws ReflectiveOperationException {
        assertThat(Threshold.SMALLEST_PRODUCT).isEqualTo(constant("SMALLEST_PRODUCT"));
        assertThat(Threshold.SMALL_PRODUCT).isEqualTo(constant("SMALL_PRODUCT"));
    }

    private static boolean isNative(Threshold threshold, int r) throws ReflectiveOperationException {
        return switch (threshold) {
            case PRODUCT -> says("productIsLarge", VECTOR_BITS, r, r, r);
            case TIMES -> says("productIsLarge", VECTOR_BITS, TALL, r, r);
            case GRAM -> says("gramIsLarge", TALL, r);
            case QR -> says("qrIsLarge", TALL, r);
            case CHOLESKY -> r >= constant("CHOLESKY_ORDER");
            case EIGEN -> r >= constant("EIGEN_ORDER");
            case SVD -> says("svdIsLarge", r, r);
            case TALL_SVD -> says("svdIsLarge", TALL, r);
        };
    }

    private static boolean says(String name, int... numbers) throws ReflectiveOperationException {
        for (Method method : library().getDeclaredMethods()) {
            if (method.getName().equals(name)) {
                method.setAccessible(true);
                Object[] arguments = Arrays.stream(numbers).boxed().toArray();
                return (boolean) method.invoke(null, arguments);
            }
        }
        throw new NoSuchMethodException(name);
    }

    private static int constant(String name) throws ReflectiveOperationException {
        Field field = library().getDeclaredField(name);
        field.setAccessible(true);
        return field.getInt(null);
    }

    private static Class<?> library() throws ClassNotFoundException {
        return Class.forName("lowrank4j.kernel.blas.Thresholds");
    }

    @ParameterizedTest
    @CsvSource({"1.1, 1.2, 1.3, at most 8", "0.9, 1.1, 1.2, 16", "1.1, 0.9, 1.2, 32", "1.1, 1.2, 0.9, above 32"})
    void openBlasIsAheadFromWhereItIsNeverBehind(double at8, double at16, double at32, String crossing) {
        NavigableMap<Integer, Double> ratios = new TreeMap<>();
        ratios.put(8, at8);
        ratios.put(16, at16);
        ratios.put(32, at32);
        assertThat(ThresholdSection.crossing(ratios)).isEqualTo(crossing);
    }
}
