/** The command {@code lowrank4j}. */
module lowrank4j.cli {
    requires info.picocli;
    requires lowrank4j;
    requires static org.jspecify;

    opens lowrank4j.cli to
            info.picocli;
}
