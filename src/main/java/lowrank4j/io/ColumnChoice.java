package lowrank4j.io;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import lowrank4j.error.BadDataException;

/** Which of the named columns of a table hold rows, columns and values. */
final class ColumnChoice {
    private final List<String> names;
    private final List<ColumnRole> roles;
    private final Function<String, BadDataException> bad;

    /**
     * @param names of the table's columns
     * @param roles what is wanted
     * @param bad makes the exception of a reason
     */
    ColumnChoice(List<String> names, List<ColumnRole> roles, Function<String, BadDataException> bad) {
        this.names = names;
        this.roles = roles;
        this.bad = bad;
    }

    /** Numbers of the columns with these names, in any case. */
    int[] named(DelimitedOptions.Named named) {
        List<String> wanted = List.of(named.row(), named.column(), named.value());
        int[] columns = new int[wanted.size()];
        for (int c = 0; c < roles.size(); c++) {
            String name = wanted.get(c);
            List<Integer> found = IntStream.range(0, names.size())
                    .filter(i -> names.get(i).equalsIgnoreCase(name))
                    .boxed()
                    .toList();
            if (found.size() != 1) {
                throw bad.apply("the header has " + found.size() + " columns named " + Excerpt.quote(name)
                        + "; one is expected");
            }
            columns[c] = found.getFirst();
        }
        if (Arrays.stream(columns, 0, roles.size()).distinct().count() < roles.size()) {
            throw bad.apply("the columns " + wanted.subList(0, roles.size()) + " are not different");
        }
        return columns;
    }

    /** Numbers of the columns that are told from common names. */
    int[] recognised() {
        Map<ColumnRole, Integer> found = new EnumMap<>(ColumnRole.class);
        List<Integer> unknown = new ArrayList<>();
        int unwanted = 0;
        for (int i = 0; i < names.size(); i++) {
            Optional<ColumnRole> role = ColumnRole.of(names.get(i));
            if (role.isPresent() && !roles.contains(role.get())) {
                unwanted++; // values where only pairs are read
            } else if (role.isEmpty()) {
                unknown.add(i);
            } else if (found.put(role.get(), i) != null) {
                throw unclear();
            }
        }
        // With no column to spare, those of unknown names are what is missing, in the usual order.
        if (found.size() < roles.size() && names.size() - unwanted > roles.size()) {
            throw unclear();
        }
        int[] columns = new int[ColumnRole.values().length];
        Arrays.fill(columns, names.size());
        for (int c = 0; c < roles.size(); c++) {
            Integer known = found.get(roles.get(c));
            if (known != null) {
                columns[c] = known;
            } else if (!unknown.isEmpty()) {
                columns[c] = unknown.removeFirst();
            }
        }
        return columns;
    }

    private BadDataException unclear() {
        return bad.apply(
                "the header " + names + " does not tell which columns are meant; choose them by name or number");
    }
}
