package lowrank4j.bench;

import java.util.Arrays;

/** Shapes of products as text, such as "1000x64x1000": rows, terms, columns. */
public final class Shape {
    private Shape() {}

    public static int[] extents(String shape) {
        return Arrays.stream(shape.split("x", -1)).mapToInt(Integer::parseInt).toArray();
    }
}
