package lowrank4j.cli;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import lowrank4j.error.InvalidArgumentException;
import lowrank4j.matrix.Ensemble;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Random measurement matrices that stand in no file: what `sense` and `measure` have in common. */
final class EnsembleOptions {
    @Option(
            names = "--ensemble",
            paramLabel = "NAME",
            converter = KindName.class,
            description =
                    "gaussian, signs or sparse: random measurement matrices, made anew from --ensemble-seed whenever they are"
                            + " needed, the same on every machine; A.npy is then not given")
    private Optional<Kind> kind = Optional.empty();

    @Option(
            names = "--ensemble-seed",
            paramLabel = "S",
            converter = Seed.class,
            description = "with --ensemble: a whole number that fixes every measurement matrix")
    private OptionalLong seed = OptionalLong.empty();

    @Option(
            names = "--density",
            paramLabel = "P",
            converter = Density.class,
            description = "with --ensemble sparse: the share of entries that are not zero, from 1e-6 to below 1")
    private OptionalDouble density = OptionalDouble.empty();

    boolean isGiven() {
        return kind.isPresent();
    }

    /** Refuses options that lack others, or that nothing would look at. */
    void check() {
        if (kind.isEmpty()) {
            refuseWithoutEnsemble("--ensemble-seed", seed.isPresent());
            refuseWithoutEnsemble("--density", density.isPresent());
            return;
        }
        boolean sparse = kind.get() == Kind.SPARSE;
        if (seed.isEmpty()) {
            throw new UsageException("--ensemble needs --ensemble-seed S, the seed that was measured with");
        } else if (sparse && density.isEmpty()) {
            throw new UsageException("--ensemble sparse needs --density P, the share of entries that are not zero");
        } else if (!sparse && density.isPresent()) {
            throw new UsageException("--density applies to --ensemble sparse only, not to " + kind.get());
        }
    }

    static void refuseWithoutEnsemble(String option, boolean given) {
        if (given) {
            throw new UsageException(option + " applies with --ensemble only");
        }
    }

    Ensemble ensemble() {
        return switch (kind.orElseThrow()) {
            case GAUSSIAN -> new Ensemble.Gaussian();
            case SIGNS -> new Ensemble.Signs();
            case SPARSE -> new Ensemble.Sparse(density.orElseThrow());
        };
    }

    long seed() {
        return seed.orElseThrow();
    }

    /** The options again, as they would be typed. */
    @Override
    public String toString() {
        return "--ensemble " + kind.orElseThrow() + " --ensemble-seed " + seed()
                + (density.isPresent() ? " --density " + density.getAsDouble() : "");
    }

    /** Ensembles by their names on the command line. */
    enum Kind {
        GAUSSIAN,
        SIGNS,
        SPARSE;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static final class KindName implements ITypeConverter<Kind> {
        @Override
        public Kind convert(String text) {
            for (Kind kind : Kind.values()) {
                if (kind.toString().equals(text)) {
                    return kind;
                }
            }
            throw new TypeConversionException("'" + text + "' is not one of gaussian, signs, sparse");
        }
    }

    static final class Seed implements ITypeConverter<OptionalLong> {
        @Override
        public OptionalLong convert(String text) {
            try {
                return OptionalLong.of(Long.parseLong(text));
            } catch (NumberFormatException ignored) {
                throw new TypeConversionException("'" + text + "' is not a whole number from -2^63 to 2^63 - 1");
            }
        }
    }

    static final class Density implements ITypeConverter<OptionalDouble> {
        @Override
        public OptionalDouble convert(String text) {
            try {
                return OptionalDouble.of(new Ensemble.Sparse(Double.parseDouble(text)).density());
            } catch (NumberFormatException | InvalidArgumentException ignored) {
                throw new TypeConversionException("'" + text + "' is not a number from 1e-6 to below 1");
            }
        }
    }
}
