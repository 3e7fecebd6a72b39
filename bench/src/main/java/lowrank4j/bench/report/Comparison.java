package lowrank4j.bench.report;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All contenders at one size.
 *
 * @param size of the family's parameters
 * @param times by contender
 */
record Comparison(Family family, Map<String, String> size, Map<String, Interval> times) {
    /** The library's tiers, on one thread. */
    static final List<String> OURS = List.of("VECTOR", "NATIVE");

    /** What others offer on one thread. */
    static final List<String> PEERS = List.of("REFERENCE", "OPENBLAS", "NETLIB", "EJML", "OJALGO", "NUMPY");

    /** All comparisons of a family, by size. */
    static List<Comparison> of(Family family, Results results) {
        Map<String, Comparison> found = new LinkedHashMap<>();
        for (Measurement measurement : results.of(family.key())) {
            found.computeIfAbsent(
                            family.words(measurement.size()),
                            words -> new Comparison(family, measurement.size(), new HashMap<>()))
                    .times()
                    .put(measurement.by(), measurement.milliseconds());
        }
        List<Comparison> sorted = new ArrayList<>(found.values());
        sorted.sort((one, other) -> family.compare(one.size(), other.size()));
        return sorted;
    }

    String words() {
        return family.words(size);
    }

    /** The fastest of these contenders, of those that were measured. */
    Optional<String> fastest(Collection<String> contenders) {
        return contenders.stream().filter(times::containsKey).min(Comparator.comparingDouble(this::milliseconds));
    }

    /** The shortest median of these contenders, or NaN where none was measured. */
    double milliseconds(Collection<String> contenders) {
        return contenders.stream()
                .mapToDouble(this::milliseconds)
                .filter(Double::isFinite)
                .min()
                .orElse(Double.NaN);
    }

    /** The median of a contender, or NaN where it was not measured. */
    double milliseconds(String contender) {
        Interval time = times.get(contender);
        return time == null ? Double.NaN : time.median();
    }

    /** How many times as fast the library is as the best peer, or NaN. */
    double againstPeers() {
        return milliseconds(PEERS) / milliseconds(OURS);
    }

    /** The least time of the machine: the fastest read where that was measured, or else that of the flops and bytes. */
    double roof(Ceilings ceilings) {
        double read = milliseconds(List.of("ROOF", "NUMPY_SUM"));
        return Double.isNaN(read) ? ceilings.milliseconds(family.work(size), 1) : read;
    }

    /** The same on two threads, or NaN. */
    double roofOfTwo(Ceilings ceilings) {
        double read = milliseconds("ROOF 2");
        return Double.isNaN(read) ? ceilings.milliseconds(family.work(size), 2) : read;
    }

    /** How many times as fast the machine itself is on two threads as on one, or NaN. */
    double roofGrowth(Ceilings ceilings) {
        double read = milliseconds("ROOF") / milliseconds("ROOF 2");
        Family.Work work = family.work(size);
        return Double.isNaN(read) ? ceilings.milliseconds(work, 1) / ceilings.milliseconds(work, 2) : read;
    }

    /** How much of what the machine can do the library reaches, 1 being all of it. */
    double ofRoof(Ceilings ceilings) {
        return roof(ceilings) / milliseconds(OURS);
    }
}
