package lowrank4j.bench.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which width of vectors is the fastest, and which one is used. */
final class WidthSection {
    /** In the sentence on the vector tier. */
    private static final Pattern BITS = Pattern.compile("(\\d+)-bit");

    /** A kernel at a size. */
    private record Row(Family family, String words) {}

    private WidthSection() {}

    static List<Block> of(Results results) {
        Optional<Results.Answer> answer = results.answer("widths");
        if (answer.isEmpty()) {
            return List.of();
        }
        Matcher used = BITS.matcher(answer.get().environment().getOrDefault("Tier vector", ""));
        if (!used.find()) {
            throw new IllegalArgumentException("the results of the widths do not say which width is used");
        }
        int preferred = Integer.parseInt(used.group(1));
        Map<Row, Map<Integer, Interval>> times = new LinkedHashMap<>();
        SortedSet<Integer> widths = new TreeSet<>();
        for (Measurement measurement : answer.get().times()) {
            Family family = Family.valueOf(measurement.family().toUpperCase(Locale.ROOT));
            int bits = Integer.parseInt(measurement.size().getOrDefault(Results.WIDTH, String.valueOf(preferred)));
            widths.add(bits);
            times.computeIfAbsent(new Row(family, family.words(measurement.size())), row -> new TreeMap<>())
                    .put(bits, measurement.milliseconds());
        }
        List<List<String>> rows = new ArrayList<>();
        times.forEach((row, byWidth) -> rows.add(cells(row, byWidth, widths, preferred)));
        List<String> header = new ArrayList<>(List.of("kernel", "size"));
        widths.forEach(bits -> header.add(bits + " bits"));
        widths.stream().filter(bits -> bits != preferred).forEach(bits -> header.add(bits + " against " + preferred));
        header.add("fastest");
        return List.of(
                new Block.Heading(2, "Widths of vectors"),
                new Block.Paragraph(
                        "The vector tier on one thread. Used is the width that the Vector API prefers, here "
                                + preferred
                                + " bits; but loops that wait for memory or keep many sums at once, those of dense sensing and of "
                                + "thin products, load at most 256 bits at a time, so that a wider setting hardly changes them. “256 against "
                                + "512” is the speed at 256 bits over that at 512. "
                                + answer.get().sentence()),
                new Block.Table(2, header, rows));
    }

    private static List<String> cells(
            Row row, Map<Integer, Interval> byWidth, SortedSet<Integer> widths, int preferred) {
        List<String> cells = new ArrayList<>(List.of(row.family().title(), row.words()));
        widths.forEach(bits ->
                cells.add(Optional.ofNullable(byWidth.get(bits)).map(Text::time).orElse("")));
        widths.stream()
                .filter(bits -> bits != preferred)
                .forEach(bits -> cells.add(Text.ratio(median(byWidth, preferred) / median(byWidth, bits))));
        cells.add(byWidth.keySet().stream()
                .min(Comparator.comparingDouble(bits -> median(byWidth, bits)))
                .map(String::valueOf)
                .orElse(""));
        return cells;
    }

    private static double median(Map<Integer, Interval> byWidth, int bits) {
        Interval time = byWidth.get(bits);
        return time == null ? Double.NaN : time.median();
    }
}
