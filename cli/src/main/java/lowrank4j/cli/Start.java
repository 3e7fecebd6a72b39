package lowrank4j.cli;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import lowrank4j.solver.Initialisation;

/** Where an iteration starts, by the names of the option {@code --init}. */
enum Start {
    /** The leading part of the back-projected data. */
    SPECTRAL,
    /** Gaussian factors at a millionth of the data's scale. */
    SMALL_RANDOM,
    /** Gaussian factors at the data's scale, or at a given one. */
    GAUSSIAN,
    /** The back-projected data times a Gaussian sketch on the left, nothing on the right. */
    NYSTROM,
    /** The same, so large that the right factor moves nearly alone. */
    UNBALANCED,
    /** Small Gaussian factors, the left one of three times the scale of the right. */
    IMBALANCED,
    /** A sketch on the left and a Gaussian factor on the right, balanced for alternating steps. */
    WARD_KOLDA,
    /** Gaussian factors as small as simultaneous descent needs, and not smaller. */
    YE_DU,
    /** Factors of an earlier run. */
    WARM;

    /** Whether a scale may be given. */
    boolean hasScale() {
        return switch (this) {
            case SMALL_RANDOM, GAUSSIAN, NYSTROM, UNBALANCED, IMBALANCED -> true;
            case SPECTRAL, WARD_KOLDA, YE_DU, WARM -> false;
        };
    }

    /** What it is in the library; empty where the factors are read from a file. */
    Optional<Initialisation> initialisation(OptionalDouble scale) {
        return switch (this) {
            case SPECTRAL -> Optional.of(Initialisation.spectral());
            case SMALL_RANDOM -> Optional.of(Initialisation.smallRandom(scale.orElse(1e-6)));
            case GAUSSIAN ->
                Optional.of(
                        scale.isPresent()
                                ? Initialisation.gaussian(scale.getAsDouble())
                                : Initialisation.smallRandom(1));
            case NYSTROM -> Optional.of(Initialisation.sketch(scale.orElse(4)));
            case UNBALANCED -> Optional.of(Initialisation.sketch(scale.orElse(50)));
            case IMBALANCED -> Optional.of(Initialisation.imbalanced(scale.orElse(0.01)));
            case YE_DU -> Optional.of(Initialisation.yeDu());
            case WARD_KOLDA -> Optional.of(Initialisation.wardKolda(4, 0.5));
            case WARM -> Optional.empty();
        };
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
