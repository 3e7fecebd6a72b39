package lowrank4j.io;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What the columns of a table of triples, or the arrays of an archive, are for, told from common names. */
enum ColumnRole {
    ROW("row rows rowid rowindex i user users userid userindex"),
    COLUMN("col cols colid column columns columnid columnindex j item items itemid movie movies movieid"),
    VALUE("value values val v rating ratings score data");

    private final String names;

    ColumnRole(String names) {
        this.names = names;
    }

    /**
     * Tells the role of a name, whatever its case and punctuation: {@code user_id}, {@code userId}, {@code "User ID"}. One with a digit,
     * such as {@code user1}, has none: it is more often an id.
     */
    static Optional<ColumnRole> of(String name) {
        String plain = name.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]", "");
        return Arrays.stream(values())
                .filter(role -> List.of(role.names.split(" ")).contains(plain))
                .findFirst();
    }

    /** The names that are understood, for messages. */
    String names() {
        return names.replace(" ", ", ");
    }
}
