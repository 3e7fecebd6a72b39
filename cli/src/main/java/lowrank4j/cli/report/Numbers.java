package lowrank4j.cli.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;

/** Numbers as people read them, the same in every locale. */
public final class Numbers {
    private static final double LEAST_PLAIN = 1e-3;
    private static final double MOST_PLAIN = 1e5;
    private static final MathContext DIGITS = new MathContext(4);

    private Numbers() {}

    /** Four digits at most, such as "0", "0.0752", "12.5", "3.1e-11"; a dash for what is no finite number. */
    public static String brief(double value) {
        if (!Double.isFinite(value)) {
            return "–";
        }
        if (value == 0) {
            return "0";
        }
        double size = Math.abs(value);
        if (size >= LEAST_PLAIN && size < MOST_PLAIN) {
            // Digits before the point are not rounded away: 41234 stays 41234.
            BigDecimal rounded = size >= 1e4
                    ? BigDecimal.valueOf(Math.rint(value))
                    : new BigDecimal(value).round(DIGITS).stripTrailingZeros();
            return rounded.setScale(Math.max(0, rounded.stripTrailingZeros().scale()))
                    .toPlainString();
        }
        String[] parts = String.format(Locale.ROOT, "%.1e", value).split("e", 2);
        return parts[0].replaceFirst("\\.0$", "") + "e" + Integer.parseInt(parts[1]);
    }

    /** With commas between thousands. */
    public static String count(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    /** A duration, such as "0.4 ms", "12 ms", "3.2 s", "2 min 5 s". */
    public static String seconds(double seconds) {
        if (!Double.isFinite(seconds)) {
            return "–";
        }
        if (seconds >= 59.95) {
            long whole = Math.round(seconds);
            return whole / 60 + " min " + whole % 60 + " s";
        }
        if (seconds >= 1) {
            return String.format(Locale.ROOT, "%.1f s", seconds);
        }
        double milliseconds = 1e3 * seconds;
        return String.format(
                Locale.ROOT, milliseconds >= 10 || milliseconds == 0 ? "%.0f ms" : "%.1f ms", milliseconds);
    }
}
