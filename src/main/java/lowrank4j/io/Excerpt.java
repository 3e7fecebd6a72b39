package lowrank4j.io;

import java.nio.charset.StandardCharsets;

/** Shows a piece of a file in a message: short, on one line, without control characters. */
final class Excerpt {
    private static final int MAX_LENGTH = 80;

    private Excerpt() {}

    static String quote(byte[] bytes, int start, int end) {
        // No character takes more than four bytes of UTF-8.
        int stop = Math.min(end, start + 4 * (MAX_LENGTH + 1));
        return quote(new String(bytes, start, stop - start, StandardCharsets.UTF_8));
    }

    static String quote(String text) {
        StringBuilder shown = new StringBuilder("'");
        int count = Math.min(text.length(), MAX_LENGTH);
        for (int i = 0; i < count; i++) {
            char c = text.charAt(i);
            switch (c) {
                case '\t' -> shown.append("\\t");
                case '\n' -> shown.append("\\n");
                case '\r' -> shown.append("\\r");
                default -> {
                    if (Character.isISOControl(c)) {
                        shown.append(String.format("\\x%02x", (int) c));
                    } else {
                        shown.append(c);
                    }
                }
            }
        }
        return shown.append(count < text.length() ? "…'" : "'").toString();
    }
}
