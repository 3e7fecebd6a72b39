package lowrank4j.bench.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Sizes at which a peer is faster than a tier of the library, worst first. */
final class Losses {
    private record Loss(double ratio, List<String> cells) {}

    private Losses() {}

    static List<List<String>> of(Iterable<List<Comparison>> families) {
        List<Loss> losses = new ArrayList<>();
        for (List<Comparison> family : families) {
            for (Comparison comparison : family) {
                for (String ours : Comparison.OURS) {
                    loss(comparison, ours).ifPresent(losses::add);
                }
            }
        }
        return losses.stream()
                .sorted(Comparator.comparingDouble(Loss::ratio))
                .map(Loss::cells)
                .toList();
    }

    private static Optional<Loss> loss(Comparison comparison, String ours) {
        double ratio = comparison.milliseconds(Comparison.PEERS) / comparison.milliseconds(ours);
        return comparison
                .fastest(Comparison.PEERS)
                .filter(peer -> ratio < 1)
                .map(peer -> new Loss(
                        ratio,
                        List.of(
                                comparison.family().title(),
                                comparison.words(),
                                Text.contender(ours),
                                Text.contender(peer),
                                Text.ratio(ratio))));
    }
}
