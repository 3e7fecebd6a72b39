package lowrank4j.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Sizes of one family and the contenders that are measured at each.
 *
 * @param family as on the command line, such as "tall" for {@link TallBenchmark}
 * @param sizes values of each parameter, or of {@link #WIDTH}; all combinations are measured
 */
record Grid(String family, List<Contender> contenders, Map<String, List<String>> sizes) {
    /** Not a parameter of a benchmark but a system property of its fork: how wide the vectors are. */
    static final String WIDTH = "lowrank4j.vectorBits";

    Grid {
        contenders = List.copyOf(contenders);
    }

    static Grid of(String family, Contender... contenders) {
        return new Grid(family, List.of(contenders), new LinkedHashMap<>());
    }

    Grid with(String parameter, String... values) {
        Map<String, List<String>> more = new LinkedHashMap<>(sizes);
        more.put(parameter, List.of(values));
        return new Grid(family, contenders, more);
    }

    /** Each combination of the parameters' values, so that one after the other can be measured with all contenders side by side. */
    List<Map<String, String>> combinations() {
        List<Map<String, String>> found = new ArrayList<>(List.of(Map.of()));
        sizes.forEach((parameter, values) -> {
            List<Map<String, String>> longer = new ArrayList<>();
            for (Map<String, String> one : found) {
                for (String value : values) {
                    Map<String, String> next = new LinkedHashMap<>(one);
                    next.put(parameter, value);
                    longer.add(next);
                }
            }
            found.clear();
            found.addAll(longer);
        });
        return found;
    }
}
