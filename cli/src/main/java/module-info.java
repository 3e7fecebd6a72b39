/** The command {@code lowrank4j}. */
module lowrank4j.cli {
    requires info.picocli;
    requires java.logging;
    requires lowrank4j;
    requires static org.jspecify;
    requires tools.jackson.databind;

    opens lowrank4j.cli to
            info.picocli;
}
