package lowrank4j.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One family: a table of sizes and contenders, with the ratios. */
final class FamilySection {
    /** Columns from left to right, as far as they were measured. */
    private static final List<String> CONTENDERS = List.of(
            "VECTOR",
            "VECTOR 2",
            "NATIVE",
            "REFERENCE",
            "OPENBLAS",
            "OPENBLAS 2",
            "OPENBLAS_DIRECT",
            "NETLIB",
            "EJML",
            "OJALGO",
            "NUMPY",
            "ROOF",
            "NUMPY_SUM",
            "C",
            "ROOF 2");

    private FamilySection() {}

    static List<Block> of(Family family, List<Comparison> comparisons, Ceilings ceilings) {
        List<String> contenders = CONTENDERS.stream()
                .filter(by -> comparisons.stream()
                        .anyMatch(comparison -> comparison.times().containsKey(by)))
                .toList();
        List<String> header = new ArrayList<>(family.parameters());
        contenders.forEach(by -> header.add(Text.contender(by)));
        header.addAll(List.of("GFLOP/s", "times best peer", "of the roof"));
        List<List<String>> rows = new ArrayList<>();
        for (Comparison comparison : comparisons) {
            List<String> row = new ArrayList<>();
            family.parameters().forEach(name -> row.add(comparison.size().getOrDefault(name, "")));
            for (String by : contenders) {
                row.add(Optional.ofNullable(comparison.times().get(by))
                        .map(Text::time)
                        .orElse(""));
            }
            double flops = family.work(comparison.size()).flops();
            row.add(Text.number(flops / comparison.milliseconds(Comparison.OURS) * 1e-6));
            row.add(Text.ratio(comparison.againstPeers()));
            row.add(Text.ratio(comparison.ofRoof(ceilings)));
            rows.add(row);
        }
        return List.of(
                new Block.Heading(3, family.title()),
                new Block.Paragraph(family.note()),
                new Block.Table(family.parameters().size(), header, rows));
    }
}
