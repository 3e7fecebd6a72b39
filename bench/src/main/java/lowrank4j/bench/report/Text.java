package lowrank4j.bench.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;

/** Numbers as people read them, the same in every locale. */
final class Text {
    private static final MathContext THREE_DIGITS = new MathContext(3);

    private Text() {}

    /** Such as "1.24" or "0.071"; a dash for what is not known. */
    static String ratio(double value) {
        if (!Double.isFinite(value)) {
            return "–";
        }
        return String.format(
                Locale.ROOT, value >= 100 ? "%.0f" : value >= 10 ? "%.1f" : value >= 0.1 ? "%.2f" : "%.3f", value);
    }

    /** Three digits, such as "0.0123", "12.3", "1230". */
    static String number(double value) {
        if (!Double.isFinite(value)) {
            return "–";
        }
        return new BigDecimal(value).round(THREE_DIGITS).toPlainString();
    }

    /** A median with its interval, such as "12.3 µs (12.1–12.9)". */
    static String time(Interval milliseconds) {
        double unit = milliseconds.median() >= 1 ? 1 : milliseconds.median() >= 1e-3 ? 1e-3 : 1e-6;
        String name = unit == 1 ? "ms" : unit == 1e-3 ? "µs" : "ns";
        return number(milliseconds.median() / unit) + " " + name + " (" + number(milliseconds.low() / unit) + "–"
                + number(milliseconds.high() / unit) + ")";
    }

    /** Such as "12.3 s". */
    static String seconds(double milliseconds) {
        return number(milliseconds * 1e-3) + " s";
    }

    /** Two digits and a power of ten, such as "1.2e-08". */
    static String scientific(double value) {
        return String.format(Locale.ROOT, "%.1e", value);
    }

    /** What a contender is called. */
    static String contender(String by) {
        return switch (by) {
            case "VECTOR" -> "vector tier";
            case "VECTOR 2" -> "vector tier, 2 threads";
            case "NATIVE" -> "native tier";
            case "REFERENCE" -> "plain Java";
            case "OPENBLAS" -> "OpenBLAS (FFM)";
            case "OPENBLAS 2" -> "OpenBLAS (FFM), 2 threads";
            case "OPENBLAS_DIRECT" -> "OpenBLAS (no Java)";
            case "NETLIB" -> "netlib VectorBLAS";
            case "OJALGO" -> "ojAlgo";
            case "NUMPY" -> "NumPy";
            case "NUMPY_SUM" -> "NumPy's sum";
            case "C" -> "C with prefetching";
            case "ROOF" -> "read roof";
            case "ROOF 2" -> "read roof, 2 threads";
            default -> by;
        };
    }
}
