package lowrank4j.io;

import java.nio.charset.StandardCharsets;

/** Reads numbers from ASCII bytes without making an object of them. */
final class NumberText {
    /** Stands for "no integer". */
    static final long NONE = Long.MIN_VALUE;

    /** So many digits always fit a long. */
    private static final int MAX_LONG_DIGITS = 18;

    /** Integers up to this and powers of ten up to 10²² are exact, so one multiplication or division rounds right. */
    private static final long MAX_EXACT = 1L << 53;

    private static final double[] POWERS_OF_TEN = {
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19,
        1e20, 1e21, 1e22
    };

    private NumberText() {}

    /**
     * Reads a decimal number such as {@code -12.5e-3}, correctly rounded.
     *
     * @return NaN if the bytes are no decimal number; an infinity if it is too large
     */
    static double parseDouble(byte[] bytes, int start, int end) {
        int at = start;
        boolean negative = at < end && bytes[at] == '-';
        if (at < end && (bytes[at] == '-' || bytes[at] == '+')) {
            at++;
        }
        long digits = 0;
        int significant = 0;
        int seen = 0;
        int scale = 0;
        boolean fraction = false;
        for (; at < end; at++) {
            int digit = bytes[at] - '0';
            if (digit >= 0 && digit <= 9) {
                seen++;
                if (significant > 0 || digit > 0) {
                    significant++;
                }
                if (significant <= MAX_LONG_DIGITS) {
                    digits = 10 * digits + digit;
                }
                scale -= fraction ? 1 : 0;
            } else if (bytes[at] == '.' && !fraction) {
                fraction = true;
            } else {
                break;
            }
        }
        if (seen == 0) {
            return Double.NaN;
        }
        if (at < end) {
            if (bytes[at] != 'e' && bytes[at] != 'E') {
                return Double.NaN;
            }
            long exponent = parseLong(bytes, at + 1, end);
            if (exponent == NONE) {
                return Double.NaN;
            }
            // Beyond this the number is 0 or infinite, unless its digits are absurdly many; the slow way decides.
            scale += Math.clamp(exponent, -100_000, 100_000);
        }
        boolean exact = significant <= MAX_LONG_DIGITS && digits <= MAX_EXACT;
        if (exact && scale >= 0 && scale < POWERS_OF_TEN.length) {
            double value = digits * POWERS_OF_TEN[scale];
            return negative ? -value : value;
        }
        if (exact && scale < 0 && -scale < POWERS_OF_TEN.length) {
            double value = digits / POWERS_OF_TEN[-scale];
            return negative ? -value : value;
        }
        return Double.parseDouble(new String(bytes, start, end - start, StandardCharsets.ISO_8859_1));
    }

    /**
     * Reads an integer with or without a sign.
     *
     * @return {@link #NONE} if the bytes are no integer, or one of more than 18 digits
     */
    static long parseLong(byte[] bytes, int start, int end) {
        int at = start;
        boolean negative = at < end && bytes[at] == '-';
        if (at < end && (bytes[at] == '-' || bytes[at] == '+')) {
            at++;
        }
        if (at == end) {
            return NONE;
        }
        while (at < end - 1 && bytes[at] == '0') {
            at++;
        }
        if (end - at > MAX_LONG_DIGITS) {
            return NONE;
        }
        long value = 0;
        for (; at < end; at++) {
            int digit = bytes[at] - '0';
            if (digit < 0 || digit > 9) {
                return NONE;
            }
            value = 10 * value + digit;
        }
        return negative ? -value : value;
    }

    /**
     * Reads an integer written in the one way that {@code Long.toString} writes it, so that text and number stand for
     * each other: no plus sign, no leading zeros.
     *
     * @return {@link #NONE} if the bytes are anything else
     */
    static long parseCanonicalLong(byte[] bytes, int start, int end) {
        int first = start < end && bytes[start] == '-' ? start + 1 : start;
        boolean unusual =
                first < end && (bytes[first] == '+' || (bytes[first] == '0' && (end - first > 1 || first > start)));
        return unusual ? NONE : parseLong(bytes, start, end);
    }
}
