package lowrank4j.io;

/** Quotes fields of delimited text as RFC 4180 says. */
final class Quoting {
    private Quoting() {}

    /** Puts a field in quotes if it would otherwise be read as anything else. */
    static String quote(String field, char delimiter) {
        boolean plain = !field.isEmpty()
                && field.strip().length() == field.length()
                && field.chars().noneMatch(c -> c == delimiter || c == '"' || c == '\n' || c == '\r');
        return plain ? field : '"' + field.replace("\"", "\"\"") + '"';
    }
}
