package lowrank4j.io;

import java.util.List;

/**
 * What was read from a delimited file, and what was done to it.
 *
 * @param <E> {@link Triples} or {@link Pairs}
 * @param entries the entries in the order of the file
 * @param layout how the file was understood
 * @param mergedEntries number of entries that repeated another and were merged into it
 * @param malformedLines number of malformed lines that were passed over
 * @param firstMalformedLines the first of them, at most {@link #MAX_REPORTED_LINES}
 */
public record DelimitedImport<E>(
        E entries,
        DelimitedLayout layout,
        long mergedEntries,
        long malformedLines,
        List<MalformedLine> firstMalformedLines) {
    /** How many malformed lines are reported one by one. */
    public static final int MAX_REPORTED_LINES = 100;

    /** Copies the list of lines. */
    public DelimitedImport {
        firstMalformedLines = List.copyOf(firstMalformedLines);
    }
}
