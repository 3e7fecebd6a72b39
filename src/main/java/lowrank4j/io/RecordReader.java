package lowrank4j.io;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Splits delimited text into records and fields, as ranges of bytes in a buffer. Quotes are those of RFC 4180: a field
 * in double quotes may hold delimiters, line ends and doubled quotes. Lines end in LF, CR LF or CR.
 */
final class RecordReader {
    private static final byte FIELD_END = 1;
    private static final byte LINE_END = 2;

    /** A quote that is not closed within so many bytes was never meant as one. */
    private static final int MAX_QUOTED_BYTES = 1 << 20;

    private static final int NOT_IN_BUFFER = -1;

    private final ByteFeed feed;
    private final byte[] kinds = new byte[256];
    private final boolean twoBytes;
    private final byte secondByte;
    private int[] starts = new int[8];
    private int[] ends = new int[8];
    private boolean[] escaped = new boolean[8];
    private int fieldCount;
    private String problem = "";
    private int recordStart;
    private int recordEnd;
    private int next;
    private long line;
    private long nextLine = 1;

    RecordReader(ByteFeed feed, String delimiter) {
        this.feed = feed;
        this.next = feed.textStart();
        this.twoBytes = delimiter.length() == 2;
        this.secondByte = (byte) delimiter.charAt(delimiter.length() - 1);
        kinds[delimiter.charAt(0)] = FIELD_END;
        kinds['\n'] = LINE_END;
        kinds['\r'] = LINE_END;
    }

    /** Goes to the next record, past blank lines. */
    boolean nextRecord() {
        while (true) {
            line = nextLine;
            recordStart = next;
            int after = split(next);
            if (after == NOT_IN_BUFFER) {
                feed.refill(next);
                next = 0;
                nextLine = line;
                continue;
            }
            next = after;
            if (recordStart == after) {
                return false;
            }
            boolean blank = fieldCount == 1 && starts[0] == ends[0] && feed.buffer()[recordStart] != '"';
            if (!blank || !problem.isEmpty()) {
                return true;
            }
        }
    }

    /** Splits the record that begins at an index; returns where the next one begins, or that more must be read. */
    private int split(int from) {
        byte[] buffer = feed.buffer();
        int limit = feed.limit();
        fieldCount = 0;
        problem = "";
        nextLine = line + 1;
        int at = from;
        while (true) {
            int start = at;
            int end;
            boolean doubled = false;
            if (at < limit && buffer[at] == '"') {
                start++;
                at = start;
                while (at < limit && (buffer[at] != '"' || (at + 1 < limit && buffer[at + 1] == '"'))) {
                    if (buffer[at] == '"') {
                        doubled = true;
                        at++;
                    } else if (buffer[at] == '\n') {
                        nextLine++;
                    }
                    at++;
                }
                // Whether a quote at the end of the buffer closes the field can only be seen from the byte behind it.
                if (at + 1 >= limit && !feed.ended() && limit - from < MAX_QUOTED_BYTES) {
                    return NOT_IN_BUFFER;
                }
                if (at >= limit) {
                    return malformed(from, "a quote is opened and never closed");
                }
                end = at++;
                if (at < limit && kind(buffer, at, limit) == 0) {
                    return malformed(from, "a delimiter or the end of the line must follow a closing quote");
                }
            } else {
                while (at < limit && kind(buffer, at, limit) == 0) {
                    at++;
                }
                end = at;
                while (start < end && isBlank(buffer[start])) {
                    start++;
                }
                while (end > start && isBlank(buffer[end - 1])) {
                    end--;
                }
            }
            if (at + 1 >= limit && !feed.ended()) {
                return NOT_IN_BUFFER;
            }
            addField(start, end, doubled);
            if (at >= limit) {
                recordEnd = limit;
                return limit;
            }
            if (kinds[buffer[at] & 0xff] == LINE_END) {
                recordEnd = at;
                return buffer[at] == '\r' && at + 1 < limit && buffer[at + 1] == '\n' ? at + 2 : at + 1;
            }
            at += twoBytes ? 2 : 1;
        }
    }

    private byte kind(byte[] buffer, int at, int limit) {
        byte kind = kinds[buffer[at] & 0xff];
        if (kind == FIELD_END && twoBytes && at + 1 < limit && buffer[at + 1] != secondByte) {
            return 0;
        }
        return kind;
    }

    private static boolean isBlank(byte b) {
        return b == ' ' || b == '\t';
    }

    /** Gives up the record and goes on after the end of its first line. */
    private int malformed(int from, String reason) {
        byte[] buffer = feed.buffer();
        int at = from;
        while (at < feed.limit() && buffer[at] != '\n') {
            at++;
        }
        if (at == feed.limit() && !feed.ended()) {
            return NOT_IN_BUFFER;
        }
        problem = reason;
        nextLine = line + 1;
        recordEnd = at;
        return Math.min(at + 1, feed.limit());
    }

    private void addField(int start, int end, boolean doubled) {
        if (fieldCount == starts.length) {
            starts = Arrays.copyOf(starts, 2 * fieldCount);
            ends = Arrays.copyOf(ends, 2 * fieldCount);
            escaped = Arrays.copyOf(escaped, 2 * fieldCount);
        }
        starts[fieldCount] = start;
        ends[fieldCount] = end;
        escaped[fieldCount] = doubled;
        fieldCount++;
    }

    /** What keeps the record from being split; empty if nothing does. */
    String problem() {
        return problem;
    }

    int fieldCount() {
        return fieldCount;
    }

    /** The bytes that hold the fields of the current record, unless they are {@link #isEscaped}. */
    byte[] buffer() {
        return feed.buffer();
    }

    int start(int field) {
        return starts[field];
    }

    int end(int field) {
        return ends[field];
    }

    /** Whether the field has doubled quotes, so that its bytes are not those of the buffer. */
    boolean isEscaped(int field) {
        return escaped[field];
    }

    /** The text of a field. */
    String text(int field) {
        String text = new String(feed.buffer(), starts[field], ends[field] - starts[field], StandardCharsets.UTF_8);
        return escaped[field] ? text.replace("\"\"", "\"") : text;
    }

    /** Number of the line on which the current record begins, from 1. */
    long line() {
        return line;
    }

    /** The current record as it can be shown in a message. */
    String content() {
        return Excerpt.quote(feed.buffer(), recordStart, recordEnd);
    }

    /** Number of bytes read up to the end of the current record. */
    long bytesRead() {
        return feed.bytesRead() - (feed.limit() - next);
    }
}
