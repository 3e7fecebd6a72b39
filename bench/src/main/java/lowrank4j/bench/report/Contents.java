package lowrank4j.bench.report;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import lowrank4j.bench.Roofs;
import tools.jackson.databind.JsonNode;

/** What the report says, in the order in which it says it. */
final class Contents {
    static final String TITLE = "How fast the kernels are";
    private static final double LONGEST_WAIT = 10;
    private static final String PICTURE = "roofline.png";

    private final Results results;
    private final Ceilings ceilings;
    private final Map<Family, List<Comparison>> comparisons = new EnumMap<>(Family.class);

    Contents(Results results) {
        this.results = results;
        this.ceilings = new Ceilings(results.of("roof"));
        for (Family family : Family.values()) {
            comparisons.put(family, Comparison.of(family, results));
        }
    }

    Ceilings ceilings() {
        return ceilings;
    }

    Map<Family, List<Comparison>> comparisons() {
        return comparisons;
    }

    byte[] roofline() {
        return RooflinePicture.png(comparisons, ceilings);
    }

    /**
     * The whole report.
     *
     * @param roofline the picture, which the Markdown only points to
     */
    List<Block> blocks(byte[] roofline) {
        List<Block> blocks = new ArrayList<>();
        blocks.add(new Block.Heading(1, TITLE));
        blocks.add(new Block.Paragraph("Written by bench/run from bench/results; not to be edited. "
                + "A time is the median of all iterations of all forks, with its 95 % interval in brackets. On one thread it is "
                + "processor time, which leaves out what a call has waited for other programs; on two it is time on the clock. "
                + "Only ratios within one run mean something."));
        environment(blocks);
        targets(blocks);
        losses(blocks);
        roofs(blocks, roofline);
        blocks.add(new Block.Heading(2, "Sizes and contenders"));
        blocks.add(
                new Block.Paragraph("“Times best peer” is how many times as fast the library's faster tier is on one "
                        + "thread. “Of the roof” is the share of what the machine can do: the longer of the time for the flops at the "
                        + "multiply-add peak and the time for the bytes from the cache that holds them, over the measured time. "
                        + "“OpenBLAS (no Java)” is the same library called from Python: the same routine, operands and results by rows, and "
                        + "work space that is kept. “C with prefetching” is the same loop written in C for this processor, with what Java does not "
                        + "have: a ceiling rather than a peer. Smile is not among the peers: it calls OpenBLAS too, and its licence is the GPL. NumPy: "
                        + results.numpy()));
        comparisons.forEach((family, sizes) -> {
            if (!sizes.isEmpty()) {
                blocks.addAll(FamilySection.of(family, sizes, ceilings));
            }
        });
        blocks.addAll(ScalingSection.of(comparisons.values(), ceilings));
        blocks.addAll(OperatorsSection.of(results));
        blocks.addAll(SolverSection.of(results));
        blocks.addAll(RatingsSection.of(results));
        blocks.addAll(WidthSection.of(results));
        blocks.addAll(ThresholdSection.of(results));
        blocks.addAll(AccuracySection.of(results));
        results.safepoints().ifPresent(json -> waits(blocks, json.path("milliseconds")));
        blocks.addAll(ColdStartSection.of(results));
        return blocks;
    }

    private static void waits(List<Block> blocks, JsonNode milliseconds) {
        double longest = milliseconds.get(milliseconds.size() - 1).asDouble(); // they are sorted
        blocks.add(new Block.Heading(2, "Waits of the collector"));
        long tooLong = StreamSupport.stream(milliseconds.spliterator(), false)
                .filter(wait -> wait.asDouble() > LONGEST_WAIT)
                .count();
        blocks.add(new Block.Paragraph("While the native tier multiplied matrices of 1600 × 1600, "
                + milliseconds.size()
                + " collections waited for it, " + tooLong + " of them for more than the " + Text.number(LONGEST_WAIT)
                + " ms that are asked for; the longest wait was " + Text.number(longest)
                + " ms. This is time on the clock, which other programs lengthen."));
    }

    private void environment(List<Block> blocks) {
        blocks.add(new Block.Heading(2, "Environment"));
        List<List<String>> rows = new ArrayList<>();
        results.environment().forEach((label, value) -> rows.add(List.of(label, value)));
        rows.add(List.of("NumPy", results.numpy()));
        blocks.add(new Block.Table(2, List.of("what", "value"), rows));
    }

    private void targets(List<Block> blocks) {
        blocks.add(new Block.Heading(2, "Targets"));
        blocks.add(Target.table("kernel", new Targets(comparisons, ceilings).all()));
    }

    private void losses(List<Block> blocks) {
        blocks.add(new Block.Heading(2, "Losing cases"));
        List<List<String>> rows = Losses.of(comparisons.values());
        if (rows.isEmpty()) {
            blocks.add(new Block.Paragraph("None at the sizes of this run."));
            return;
        }
        blocks.add(new Block.Paragraph("Where a peer was faster than a tier of the library; worst first."));
        blocks.add(new Block.Table(
                4, List.of("kernel", "size", "tier", "fastest peer", "tier's speed over the peer's"), rows));
    }

    private void roofs(List<Block> blocks, byte[] roofline) {
        blocks.add(new Block.Heading(2, "Roofs"));
        boolean two = Double.isFinite(ceilings.gigaflops(2));
        blocks.add(new Block.Paragraph("Multiply-adds in registers: " + Text.number(ceilings.gigaflops())
                + " GFLOP/s on one thread" + (two ? ", " + Text.number(ceilings.gigaflops(2)) + " on two" : "")
                + ", a multiply-add counting as two. Gigabytes a second:"));
        List<List<String>> rows = Roofs.ALL.stream()
                .map(bytes -> List.of(
                        Roofs.name(bytes),
                        Text.number(Long.parseLong(bytes) / 1024.0),
                        Text.number(ceilings.read(bytes, 1)),
                        Text.number(ceilings.triad(bytes, 1)),
                        Text.number(ceilings.read(bytes, 2)),
                        Text.number(ceilings.triad(bytes, 2))))
                .toList();
        blocks.add(new Block.Table(
                1, List.of("from", "KiB", "read", "triad", "read, 2 threads", "triad, 2 threads"), rows));
        blocks.add(
                new Block.Picture(
                        PICTURE,
                        roofline,
                        "Roofline: gigaflops a second of each kernel at each size over its flops a byte, under the ceilings of the caches, the memory and the multiply-add peak."));
    }
}
