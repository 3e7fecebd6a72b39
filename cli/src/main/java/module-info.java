/** The command {@code lowrank4j}. */
@SuppressWarnings("requires-automatic") // XChart, Hardwood and MFL have no module descriptors
module lowrank4j.cli {
    requires dev.hardwood.core;
    requires info.picocli;
    requires java.desktop;
    requires java.logging;
    requires java.management;
    requires lowrank4j;
    requires lowrank4j.contract;
    requires static org.jspecify;
    requires tools.jackson.databind;
    requires us.hebi.matlab.mat.mfl.core;
    requires xchart;

    opens lowrank4j.cli to
            info.picocli;
}
