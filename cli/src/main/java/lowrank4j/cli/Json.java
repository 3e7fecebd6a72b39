package lowrank4j.cli;

import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** JSON out and in. */
final class Json {
    private Json() {}

    /** An object with its members in the order of the map, on several lines. */
    static String text(Map<String, ? extends @Nullable Object> object) {
        return mapper().writeValueAsString(object);
    }

    static JsonMapper mapper() {
        return JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
    }

    /** A number that JSON has, or null: JSON knows no NaN and no infinity. */
    static @Nullable Double number(double value) {
        return Double.isFinite(value) ? Double.valueOf(value) : null;
    }

    /** A number, or null where there is none. */
    static @Nullable Double number(OptionalDouble value) {
        return value.isPresent() ? number(value.getAsDouble()) : null;
    }
}
