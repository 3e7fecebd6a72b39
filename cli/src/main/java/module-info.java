/** The command {@code lowrank4j}. */
@SuppressWarnings("requires-automatic") // XChart has no module descriptor
module lowrank4j.cli {
    requires info.picocli;
    requires java.desktop;
    requires java.logging;
    requires java.management;
    requires lowrank4j;
    requires lowrank4j.contract;
    requires static org.jspecify;
    requires tools.jackson.databind;
    requires xchart;

    opens lowrank4j.cli to
            info.picocli;
}
