package lowrank4j.io;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;

/** Turns the ids of the rows, or of the columns, into indices while a file is read. */
final class IdAxis {
    private static final int MAX_INDEX = Integer.MAX_VALUE - 1;

    private final IdPolicy policy;
    private final LongIds integers = new LongIds();
    private final TextIds texts = new TextIds();
    private boolean textual;
    private int largestIndex = -1;

    IdAxis(IdPolicy policy) {
        this.policy = policy;
    }

    /** Says why the bytes cannot be an id; empty if they can. */
    String problem(byte[] bytes, int start, int end) {
        if (start == end) {
            return "is empty";
        }
        if (policy != IdPolicy.MAP) {
            int base = policy == IdPolicy.ONE_BASED ? 1 : 0;
            long index = NumberText.parseLong(bytes, start, end);
            boolean allowed = index >= base && index - base <= MAX_INDEX;
            return allowed
                    ? ""
                    : "is " + Excerpt.quote(bytes, start, end) + ", no index; integers from " + base + " to "
                            + ((long) MAX_INDEX + base) + " are allowed";
        }
        for (int i = start; i < end; i++) {
            if (bytes[i] < 0) {
                return isUtf8(bytes, start, end) ? "" : "is not encoded in UTF-8";
            }
        }
        return "";
    }

    private static boolean isUtf8(byte[] bytes, int start, int end) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, start, end - start));
            return true;
        } catch (CharacterCodingException unused) {
            return false;
        }
    }

    /** Returns the index of an id without a {@link #problem}; it is provisional until {@link #finish}. */
    int index(byte[] bytes, int start, int end) {
        if (policy != IdPolicy.MAP) {
            int base = policy == IdPolicy.ONE_BASED ? 1 : 0;
            int index = Math.toIntExact(NumberText.parseLong(bytes, start, end) - base);
            largestIndex = Math.max(largestIndex, index);
            return index;
        }
        if (!textual) {
            long id = NumberText.parseCanonicalLong(bytes, start, end);
            if (id != NumberText.NONE) {
                return integers.index(id);
            }
            // One id is no integer, so all are texts; those met so far keep their indices.
            for (long integer : integers.ids()) {
                byte[] text = Long.toString(integer).getBytes(StandardCharsets.US_ASCII);
                texts.index(text, 0, text.length);
            }
            textual = true;
        }
        return texts.index(bytes, start, end);
    }

    /** Replaces the provisional indices by the final ones and returns the names they stand for. */
    Axis finish(int[] indices) {
        if (policy != IdPolicy.MAP) {
            return new Axis(largestIndex + 1, List.of());
        }
        if (textual) {
            return new Axis(texts.count(), texts.ids());
        }
        long[] ids = integers.ids();
        Arrays.sort(ids);
        int[] rank = new int[ids.length];
        for (int i = 0; i < ids.length; i++) {
            rank[integers.index(ids[i])] = i;
        }
        for (int k = 0; k < indices.length; k++) {
            indices[k] = rank[indices[k]];
        }
        boolean ownIndices = ids.length > 0 && ids[0] == 0 && ids[ids.length - 1] == ids.length - 1;
        return new Axis(
                ids.length,
                ownIndices
                        ? List.of()
                        : LongStream.of(ids).mapToObj(Long::toString).toList());
    }

    /**
     * The rows, or the columns, of a matrix.
     *
     * @param size how many there are
     * @param ids their names by index; empty if the indices are the names
     */
    record Axis(int size, List<String> ids) {}
}
