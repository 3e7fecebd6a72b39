package lowrank4j.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import lowrank4j.CrossValidation;
import org.jspecify.annotations.Nullable;

/** A cross-validation as the members of a JSON object. */
final class CrossValidationJson {
    private CrossValidationJson() {}

    static Map<String, @Nullable Object> of(CrossValidation found) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("folds", found.folds());
        json.put("chosen", point(found.chosen()));
        json.put(
                "table", found.points().stream().map(CrossValidationJson::point).toList());
        return json;
    }

    private static Map<String, @Nullable Object> point(CrossValidation.Point point) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("rank", point.rank());
        json.put("relativeRidge", point.ridge());
        json.put("rootMeanSquare", Json.number(point.error()));
        json.put("standardError", Json.number(point.standardError()));
        json.put("gainOverOffsets", Json.number(point.gain()));
        json.put("standardErrorOfGain", Json.number(point.gainStandardError()));
        return json;
    }
}
