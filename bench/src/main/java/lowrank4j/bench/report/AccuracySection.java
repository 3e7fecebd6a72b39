package lowrank4j.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** How many digits the speed costs. */
final class AccuracySection {
    private static final List<String> CONTENDERS =
            List.of("REFERENCE", "VECTOR", "NATIVE", "OPENBLAS", "NETLIB", "EJML", "OJALGO");

    private AccuracySection() {}

    static List<Block> of(Results results) {
        Optional<JsonNode> json = results.accuracy();
        if (json.isEmpty()) {
            return List.of();
        }
        List<String> header = new ArrayList<>(List.of("kernel"));
        CONTENDERS.forEach(by -> header.add(Text.contender(by)));
        List<List<String>> rows = new ArrayList<>();
        json.get().properties().forEach(kernel -> {
            List<String> row = new ArrayList<>(List.of(kernel.getKey()));
            for (String by : CONTENDERS) {
                JsonNode error = kernel.getValue().path(by);
                row.add(error.isMissingNode() ? "" : Text.number(error.asDouble()));
            }
            rows.add(row);
        });
        return List.of(
                new Block.Heading(2, "Accuracy"),
                new Block.Paragraph(
                        "The largest error of an entry over three draws, against sums in twice the precision: in units "
                                + "of 2⁻⁵³ times the sum of its terms' magnitudes, or of the largest singular value for decompositions."),
                new Block.Table(1, header, rows));
    }
}
