package lowrank4j.cli;

import java.util.Locale;

/** Where an iteration starts, by the names of the option {@code --init}. */
enum Start {
    /** The leading part of the back-projected data. */
    SPECTRAL,
    /** Gaussian factors at a millionth of the data's scale. */
    SMALL_RANDOM,
    /** Gaussian factors at the data's scale. */
    GAUSSIAN,
    /** Factors of an earlier run. */
    WARM;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
