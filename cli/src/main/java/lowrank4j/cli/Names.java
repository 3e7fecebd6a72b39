package lowrank4j.cli;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** What the rows, or the columns, of a matrix are called: by ids, or by their indices from 0. */
final class Names {
    private final int count;
    private final boolean areIndices;
    private final List<String> ids;
    private final Map<String, Integer> index;

    private Names(int count, boolean areIndices, List<String> ids, Map<String, Integer> index) {
        this.count = count;
        this.areIndices = areIndices;
        this.ids = ids;
        this.index = index;
    }

    static Names indices(int count) {
        return new Names(count, true, List.of(), Map.of());
    }

    static Names of(List<String> ids) {
        Map<String, Integer> index = HashMap.newHashMap(ids.size());
        for (int i = 0; i < ids.size(); i++) {
            index.put(ids.get(i), i);
        }
        return new Names(ids.size(), false, ids, index);
    }

    /** Whether there are no ids. */
    boolean areIndices() {
        return areIndices;
    }

    /** What the one at an index is called. */
    String id(int at) {
        return areIndices ? Integer.toString(at) : ids.get(at);
    }

    /** Where the id stands, if it is one. */
    OptionalInt find(String id) {
        if (areIndices) {
            return number(id);
        }
        Integer found = index.get(id);
        return found == null ? OptionalInt.empty() : OptionalInt.of(found);
    }

    private OptionalInt number(String id) {
        try {
            int number = Integer.parseInt(id);
            return number >= 0 && number < count ? OptionalInt.of(number) : OptionalInt.empty();
        } catch (NumberFormatException ignored) {
            // No index at all, so none of these.
            return OptionalInt.empty();
        }
    }

    /** What is known, for messages. */
    String allowed() {
        return areIndices ? "indices from 0 to " + (count - 1) + " are known" : count + " ids are known";
    }
}
