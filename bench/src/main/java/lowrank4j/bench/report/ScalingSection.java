package lowrank4j.bench.report;

import java.util.ArrayList;
import java.util.List;

/** What a second thread gains, beside what it gains for the machine's own roof. */
final class ScalingSection {
    private ScalingSection() {}

    static List<Block> of(Iterable<List<Comparison>> families, Ceilings ceilings) {
        List<List<String>> rows = new ArrayList<>();
        for (List<Comparison> family : families) {
            for (Comparison comparison : family) {
                Interval one = comparison.times().get("VECTOR");
                Interval two = comparison.times().get("VECTOR 2");
                if (one != null && two != null) {
                    rows.add(List.of(
                            comparison.family().title(),
                            comparison.words(),
                            Text.time(one),
                            Text.time(two),
                            Text.ratio(one.median() / two.median()),
                            Text.ratio(comparison.roofGrowth(ceilings)),
                            Text.ratio(comparison.roofOfTwo(ceilings) / two.median())));
                }
            }
        }
        if (rows.isEmpty()) {
            return List.of();
        }
        return List.of(
                new Block.Heading(2, "From one thread to two"),
                new Block.Paragraph(
                        "The vector tier. The roof of a kernel grows as its reads or its multiply-adds do on two threads, which "
                                + "share the memory and the third cache; no kernel can gain more. On one thread this is processor time, on two "
                                + "time on the clock, which other programs lengthen."),
                new Block.Table(
                        2,
                        List.of(
                                "kernel",
                                "size",
                                "1 thread",
                                "2 threads",
                                "times as fast",
                                "roof, times as high",
                                "of the roof of 2 threads"),
                        rows));
    }
}
