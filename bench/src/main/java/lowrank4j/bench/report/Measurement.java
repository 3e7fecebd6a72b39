package lowrank4j.bench.report;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * How long one contender took for one size.
 *
 * @param family such as "tall"
 * @param by the contender, with its number of threads where that is not one, such as "VECTOR 2"
 * @param size names and values of the family's parameters, without the contender and the threads
 * @param milliseconds of one call
 */
record Measurement(String family, String by, Map<String, String> size, Interval milliseconds) {
    Measurement {
        size = Collections.unmodifiableMap(new TreeMap<>(size));
    }
}
