package lowrank4j.cli;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import lowrank4j.Algorithm;
import lowrank4j.Loss;
import lowrank4j.error.InvalidArgumentException;
import lowrank4j.io.DelimitedOptions;
import lowrank4j.io.DuplicatePolicy;
import lowrank4j.io.IdPolicy;
import lowrank4j.kernel.Tier;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads option values; what is not allowed is refused with what is. */
final class Converters {
    private static final String AUTO = "auto";

    private Converters() {}

    private static TypeConversionException refused(String text, String allowed) {
        return new TypeConversionException("'" + text + "' is not " + allowed);
    }

    private static double number(String text, String allowed) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException ignored) {
            throw refused(text, allowed);
        }
    }

    private static double atLeastZero(String text, String allowed) {
        double value = number(text, allowed);
        if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
            throw refused(text, allowed);
        }
        return value;
    }

    private static int wholeNumber(String text, int least, String allowed) {
        try {
            int value = Integer.parseInt(text);
            if (value >= least) {
                return value;
            }
        } catch (NumberFormatException ignored) {
            // Refused like a number out of range.
        }
        throw refused(text, allowed);
    }

    /** Where to write; an empty text, as of a shell variable that is not set, would be the current folder. */
    static final class Target implements ITypeConverter<Path> {
        @Override
        public Path convert(String text) {
            if (text.isBlank()) {
                throw refused(text, "a path; . is the current folder");
            }
            try {
                return Path.of(text);
            } catch (InvalidPathException e) {
                throw refused(text, "a path: " + e.getReason());
            }
        }
    }

    /** A rank, or empty for {@code auto}; whether it fits the matrix is seen once the matrix is. */
    static final class Rank implements ITypeConverter<OptionalInt> {
        @Override
        public OptionalInt convert(String text) {
            return text.equals(AUTO)
                    ? OptionalInt.empty()
                    : OptionalInt.of(wholeNumber(text, Integer.MIN_VALUE, "auto or a whole number"));
        }
    }

    /** A rank that must be a number. */
    static final class WholeRank implements ITypeConverter<OptionalInt> {
        @Override
        public OptionalInt convert(String text) {
            return OptionalInt.of(wholeNumber(text, Integer.MIN_VALUE, "a whole number"));
        }
    }

    /** A step above 0, or empty for {@code auto}. */
    static final class Step implements ITypeConverter<OptionalDouble> {
        @Override
        public OptionalDouble convert(String text) {
            String allowed = "auto or a number above 0";
            if (text.equals(AUTO)) {
                return OptionalDouble.empty();
            }
            double value = atLeastZero(text, allowed);
            if (value == 0) {
                throw refused(text, allowed);
            }
            return OptionalDouble.of(value);
        }
    }

    /** A damping of at least 0, or empty for {@code auto}. */
    static final class Damping implements ITypeConverter<OptionalDouble> {
        @Override
        public OptionalDouble convert(String text) {
            return text.equals(AUTO)
                    ? OptionalDouble.empty()
                    : OptionalDouble.of(atLeastZero(text, "auto or a number of at least 0"));
        }
    }

    /** A number of at least 0. */
    static final class Tolerance implements ITypeConverter<OptionalDouble> {
        @Override
        public OptionalDouble convert(String text) {
            return OptionalDouble.of(atLeastZero(text, "a number of at least 0"));
        }
    }

    /** A relative error of at least 0 and below 1. */
    static final class RelativeError implements ITypeConverter<OptionalDouble> {
        @Override
        public OptionalDouble convert(String text) {
            String allowed = "a number of at least 0 and below 1";
            double value = atLeastZero(text, allowed);
            if (value >= 1) {
                throw refused(text, allowed);
            }
            return OptionalDouble.of(value);
        }
    }

    /** A fraction from 0 to below 1. */
    static final class Fraction implements ITypeConverter<Double> {
        @Override
        public Double convert(String text) {
            return new RelativeError().convert(text).orElse(0);
        }
    }

    /** A whole number of at least 0. */
    static final class Count implements ITypeConverter<Integer> {
        @Override
        public Integer convert(String text) {
            return wholeNumber(text, 0, "a whole number of at least 0");
        }
    }

    /** A whole number of at least 1. */
    static final class AtLeastOne implements ITypeConverter<Integer> {
        @Override
        public Integer convert(String text) {
            return wholeNumber(text, 1, "a whole number of at least 1");
        }
    }

    /** Seconds, or a number with one of the units s, m, h. */
    static final class Seconds implements ITypeConverter<Duration> {
        private static final Pattern FORM = Pattern.compile("(\\d+(?:\\.\\d+)?)([smh]?)");

        private static final double MOST = 1e9;

        @Override
        public Duration convert(String text) {
            Matcher matcher = FORM.matcher(text);
            String allowed = "a time such as 30, 30s, 5m or 1.5h";
            if (!matcher.matches()) {
                throw refused(text, allowed);
            }
            double unit = switch (matcher.group(2)) {
                case "m" -> 60;
                case "h" -> 3600;
                default -> 1;
            };
            double seconds = number(matcher.group(1), allowed) * unit;
            if (seconds > MOST) {
                throw refused(text, "at most " + MOST + " seconds");
            }
            return Duration.ofNanos(Math.round(seconds * 1e9));
        }
    }

    /** An algorithm by its name. */
    static final class AlgorithmName implements ITypeConverter<Algorithm> {
        @Override
        public Algorithm convert(String text) {
            try {
                return Algorithm.named(text);
            } catch (InvalidArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }
    }

    /** A loss by its name. */
    static final class LossName implements ITypeConverter<Loss> {
        @Override
        public Loss convert(String text) {
            try {
                return Loss.named(text);
            } catch (InvalidArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }
    }

    /** A start by its name. */
    static final class StartName implements ITypeConverter<Start> {
        @Override
        public Start convert(String text) {
            for (Start start : Start.values()) {
                if (start.toString().equals(text)) {
                    return start;
                }
            }
            throw refused(
                    text,
                    Arrays.stream(Start.values())
                            .map(Start::toString)
                            .collect(Collectors.joining(", ", "one of ", "")));
        }
    }

    /** A tier by its name, or {@code auto}. */
    static final class TierName implements ITypeConverter<TierChoice> {
        @Override
        public TierChoice convert(String text) {
            if (text.equals(AUTO)) {
                return TierChoice.AUTO;
            }
            for (Tier tier : Tier.values()) {
                if (tier.toString().equals(text)) {
                    return new TierChoice(Optional.of(tier));
                }
            }
            throw refused(text, "one of auto, native, vector, reference");
        }
    }

    /** What to do with an entry given twice. */
    static final class Duplicates implements ITypeConverter<DuplicatePolicy> {
        @Override
        public DuplicatePolicy convert(String text) {
            return switch (text) {
                case "refuse" -> DuplicatePolicy.REFUSE;
                case "last" -> DuplicatePolicy.LAST;
                case "mean" -> DuplicatePolicy.MEAN;
                default -> throw refused(text, "one of refuse, last, mean");
            };
        }
    }

    /** Which columns of a delimited file hold rows, columns and values. */
    static final class ColumnChoice implements ITypeConverter<DelimitedOptions.Columns> {
        private static final String ALLOWED =
                "three different names, or three different numbers from 0, between commas";

        @Override
        public DelimitedOptions.Columns convert(String text) {
            List<String> parts =
                    Arrays.stream(text.split(",", -1)).map(String::strip).toList();
            if (parts.size() != 3 || parts.stream().distinct().count() < 3 || parts.contains("")) {
                throw refused(text, ALLOWED);
            }
            boolean numbers = parts.stream().allMatch(part -> part.matches("\\d{1,6}"));
            return numbers
                    ? new DelimitedOptions.Numbered(
                            Integer.parseInt(parts.get(0)),
                            Integer.parseInt(parts.get(1)),
                            Integer.parseInt(parts.get(2)))
                    : new DelimitedOptions.Named(parts.get(0), parts.get(1), parts.get(2));
        }
    }

    /** What ids mean. */
    static final class Ids implements ITypeConverter<IdPolicy> {
        @Override
        public IdPolicy convert(String text) {
            return switch (text) {
                case "map" -> IdPolicy.MAP;
                case "zero-based" -> IdPolicy.ZERO_BASED;
                case "one-based" -> IdPolicy.ONE_BASED;
                default -> throw refused(text, "one of map, zero-based, one-based");
            };
        }
    }

    /**
     * Which tier is to compute.
     *
     * @param forced the tier, or empty for the best there is
     */
    record TierChoice(Optional<Tier> forced) {
        static final TierChoice AUTO = new TierChoice(Optional.empty());
    }

    /** Rows and columns of a matrix, such as {@code 1000x500}. */
    static final class ShapeText implements ITypeConverter<Shape> {
        private static final Pattern FORM = Pattern.compile("(\\d+)x(\\d+)");

        @Override
        public Shape convert(String text) {
            Matcher matcher = FORM.matcher(text);
            String allowed = "a shape such as 1000x500, both counts from 1 to 2147483646";
            if (!matcher.matches()) {
                throw refused(text, allowed);
            }
            return new Shape(wholeNumber(matcher.group(1), 1, allowed), wholeNumber(matcher.group(2), 1, allowed));
        }
    }
}
