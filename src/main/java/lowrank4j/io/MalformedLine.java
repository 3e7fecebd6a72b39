package lowrank4j.io;

/**
 * A line of a text file that does not say what it should.
 *
 * @param line number of the line, from 1
 * @param content the line, in quotes, shortened if it is long
 * @param reason what is wrong with it and what is allowed
 */
public record MalformedLine(long line, String content, String reason) {
    @Override
    public String toString() {
        return "line " + line + ": " + reason + "; the line is " + content;
    }
}
