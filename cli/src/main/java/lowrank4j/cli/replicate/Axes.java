package lowrank4j.cli.replicate;

/**
 * One part of a picture.
 *
 * @param name in the CSV file and in the caption
 * @param horizontal title of the horizontal axis
 * @param vertical title of the vertical axis
 * @param kind how it is drawn
 */
public record Axes(String name, String horizontal, String vertical, Kind kind) {
    /** How points are drawn. */
    public enum Kind {
        /** Curves over even axes. */
        LINEAR,
        /** Curves, the vertical axis logarithmic. */
        LOG,
        /** Curves, both axes logarithmic. */
        LOG_LOG,
        /** A bar of length y for each series. */
        BARS,
        /** A map of cells with a row for each series and a column for each x, coloured by y in percent; means over the trials. */
        MAP
    }

    /** The paper's usual picture: relative error over iterations. */
    static Axes errors(String name) {
        return new Axes(name, "iteration", "relative error ‖X̂ − X‖/‖X‖", Kind.LOG);
    }
}
