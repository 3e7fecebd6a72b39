package lowrank4j.io;

/** Walks through the lines of a text and the words in each, as ranges of bytes in a buffer. */
final class LineReader {
    private final ByteFeed feed;
    private int start;
    private int end;
    private int next;
    private long number;
    private int wordStart;
    private int wordEnd;

    LineReader(ByteFeed feed) {
        this.feed = feed;
        this.next = feed.textStart();
    }

    /** Goes to the next line, which may end in LF or CR LF, or with the file. */
    boolean nextLine() {
        int at = next;
        while (true) {
            byte[] buffer = feed.buffer();
            while (at < feed.limit() && buffer[at] != '\n') {
                at++;
            }
            if (at < feed.limit() || feed.ended()) {
                break;
            }
            at -= next;
            feed.refill(next);
            next = 0;
        }
        start = next;
        end = at;
        wordEnd = start;
        next = Math.min(at + 1, feed.limit());
        number++;
        return start < feed.limit();
    }

    /** Goes to the next word of the line: bytes between spaces. */
    boolean nextWord() {
        byte[] buffer = feed.buffer();
        wordStart = wordEnd;
        while (wordStart < end && isSpace(buffer[wordStart])) {
            wordStart++;
        }
        wordEnd = wordStart;
        while (wordEnd < end && !isSpace(buffer[wordEnd])) {
            wordEnd++;
        }
        return wordEnd > wordStart;
    }

    /** Goes back to before the first word of the line. */
    void restart() {
        wordEnd = start;
    }

    private static boolean isSpace(byte b) {
        return b == ' ' || b == '\t' || b == '\r';
    }

    /** Number of the line, from 1; at the end of the file, of the line that is missing. */
    long number() {
        return number;
    }

    /** First byte of the current word. */
    byte wordFirst() {
        return feed.buffer()[wordStart];
    }

    long wordAsLong() {
        return NumberText.parseLong(feed.buffer(), wordStart, wordEnd);
    }

    double wordAsDouble() {
        return NumberText.parseDouble(feed.buffer(), wordStart, wordEnd);
    }

    /** The current word as it can be shown in a message. */
    String word() {
        return Excerpt.quote(feed.buffer(), wordStart, wordEnd);
    }

    /** The current line as it can be shown in a message. */
    String line() {
        return Excerpt.quote(feed.buffer(), start, end);
    }
}
