package lowrank4j.io;

import java.nio.ByteOrder;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;
import lowrank4j.error.BadDataException;

/**
 * Reads the Python dictionary of a {@code .npy} header, such as {@code {'descr': '<f8', 'fortran_order': False,
 * 'shape': (3, 4), }}. No more of Python is understood than NumPy writes.
 */
final class NpyHeaderParser {
    /** NumPy itself allows 64 dimensions. */
    static final int MAX_DIMENSIONS = 64;

    private static final Set<String> KEYS = Set.of("descr", "fortran_order", "shape");

    private static final Map<Character, String> REFUSED_KINDS = Map.of(
            'c', "complex numbers",
            'O', "Python objects",
            'S', "byte strings",
            'a', "byte strings",
            'U', "text",
            'V', "raw bytes or records",
            'M', "dates",
            'm', "time spans");

    private final String text;
    private final int textOffset;
    private final long dataOffset;
    private final String place;
    private int at;
    private String description = "";
    private int descriptionAt;
    private boolean fortranOrder;
    private long[] shape = {};

    /**
     * @param text the dictionary
     * @param textOffset where it begins in the file, in bytes
     * @param dataOffset where the elements begin in the file, in bytes
     * @param place how messages call the file
     */
    NpyHeaderParser(String text, int textOffset, long dataOffset, String place) {
        this.text = text;
        this.textOffset = textOffset;
        this.dataOffset = dataOffset;
        this.place = place;
    }

    NpyHeader parse() {
        readDictionary();
        NpyType type = type();
        ByteOrder order = switch (description.charAt(0)) {
            case '<' -> ByteOrder.LITTLE_ENDIAN;
            case '>' -> ByteOrder.BIG_ENDIAN;
            default -> ByteOrder.nativeOrder();
        };
        try {
            return new NpyHeader(shape, type, order, fortranOrder, dataOffset);
        } catch (ArithmeticException unused) {
            throw bad(
                    0,
                    "the header says shape " + NpyHeader.text(shape) + " of " + type
                            + ", which takes more than 2^63 bytes");
        }
    }

    /** Returns the element type as the file describes it, such as {@code |S3}, whether supported or not. */
    String elementDescription() {
        readDictionary();
        return description;
    }

    private void readDictionary() {
        at = 0;
        skipSpaces();
        if (peek() != '{') {
            throw bad(at, "the header is not a Python dictionary: it begins with " + excerpt(at));
        }
        at++;
        Set<String> seen = new HashSet<>();
        skipSpaces();
        while (peek() != '}') {
            int keyAt = at;
            String key = string("a key in quotes");
            if (!KEYS.contains(key) || !seen.add(key)) {
                throw bad(keyAt, "unexpected key '" + key + "'; descr, fortran_order and shape are allowed, once each");
            }
            expect(':');
            value(key);
            skipSpaces();
            if (peek() == ',') {
                at++;
                skipSpaces();
            } else if (peek() != '}') {
                throw bad(at, "expected ',' or '}', found " + excerpt(at));
            }
        }
        at++;
        skipSpaces();
        if (at < text.length()) {
            throw bad(at, "nothing but spaces may follow the dictionary, found " + excerpt(at));
        }
        for (String key : KEYS.stream().sorted().toList()) {
            if (!seen.contains(key)) {
                throw bad(0, "the header has no '" + key + "'");
            }
        }
    }

    private void value(String key) {
        skipSpaces();
        switch (key) {
            case "descr" -> {
                descriptionAt = at;
                if (peek() == '[' || peek() == '(') {
                    throw bad(
                            at,
                            "the elements are records (a structured type), which are not supported; " + allowedTypes());
                }
                description = string("the element type in quotes");
            }
            case "fortran_order" -> fortranOrder = truth();
            default -> shape = tuple();
        }
    }

    private NpyType type() {
        char order = description.isEmpty() ? ' ' : description.charAt(0);
        if (description.length() < 2 || "<>|=".indexOf(order) < 0) {
            throw bad(descriptionAt, "unknown element type '" + description + "'; " + allowedTypes());
        }
        Optional<NpyType> type = NpyType.ofCode(description.substring(1));
        if (type.isEmpty()) {
            String kind = REFUSED_KINDS.get(description.charAt(1));
            throw bad(
                    descriptionAt,
                    "the element type is '" + description + "'"
                            + (kind == null
                                    ? ", which is not supported; "
                                    : " (" + kind + "), which is not supported; ")
                            + allowedTypes());
        }
        if (order == '|' && type.get().bytes() > 1) {
            throw bad(
                    descriptionAt, "the element type '" + description + "' has no byte order; '<' or '>' is expected");
        }
        return type.get();
    }

    private static String allowedTypes() {
        return "bool, int8 to int64, uint8 to uint64, float16 to float64 and complex128 are allowed";
    }

    private long[] tuple() {
        int start = at;
        if (peek() != '(') {
            throw bad(at, "the shape is not a tuple: " + excerpt(at));
        }
        at++;
        LongStream.Builder sizes = LongStream.builder();
        int count = 0;
        boolean comma = false;
        skipSpaces();
        while (peek() != ')') {
            if (count > 0 && !comma) {
                throw bad(at, "expected ',' or ')' in the shape, found " + excerpt(at));
            }
            if (count == MAX_DIMENSIONS) {
                throw bad(start, "the shape has more than " + MAX_DIMENSIONS + " dimensions");
            }
            sizes.add(size());
            count++;
            skipSpaces();
            comma = peek() == ',';
            if (comma) {
                at++;
                skipSpaces();
            }
        }
        at++;
        if (count == 1 && !comma) {
            throw bad(
                    start,
                    "the shape is not a tuple: " + text.substring(start, at) + "; one dimension is written (n,)");
        }
        return sizes.build().toArray();
    }

    private long size() {
        int start = at;
        if (peek() == '-') {
            at++;
        }
        while (peek() >= '0' && peek() <= '9') {
            at++;
        }
        String digits = text.substring(start, at);
        if (peek() == 'L') {
            // Python 2 marked long integers so.
            at++;
        }
        long size;
        try {
            size = Long.parseLong(digits);
        } catch (NumberFormatException unused) {
            throw bad(start, "a dimension is not an integer below 2^63: " + excerpt(start));
        }
        if (size < 0) {
            throw bad(start, "a dimension is " + size + "; at least 0 is allowed");
        }
        return size;
    }

    private boolean truth() {
        for (String word : new String[] {"True", "False"}) {
            if (text.startsWith(word, at)) {
                at += word.length();
                return word.equals("True");
            }
        }
        throw bad(at, "fortran_order is neither True nor False: " + excerpt(at));
    }

    private String string(String what) {
        if (peek() == 'u' || peek() == 'b') {
            at++;
        }
        char quote = peek();
        int end = quote == '\'' || quote == '"' ? text.indexOf(quote, at + 1) : -1;
        if (end < 0) {
            throw bad(at, "expected " + what + ", found " + excerpt(at));
        }
        String string = text.substring(at + 1, end);
        at = end + 1;
        return string;
    }

    private void expect(char expected) {
        skipSpaces();
        if (peek() != expected) {
            throw bad(at, "expected '" + expected + "', found " + excerpt(at));
        }
        at++;
    }

    private void skipSpaces() {
        while (at < text.length() && " \t\r\n\f".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    /** The next character; NUL at the end, which no rule expects. */
    private char peek() {
        return at < text.length() ? text.charAt(at) : '\0';
    }

    private String excerpt(int from) {
        return from >= text.length() ? "its end" : Excerpt.quote(text.substring(from));
    }

    private BadDataException bad(int position, String message) {
        return new BadDataException(place + ": byte " + (textOffset + position) + ": " + message);
    }
}
