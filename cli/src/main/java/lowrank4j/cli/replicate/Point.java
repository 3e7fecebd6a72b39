package lowrank4j.cli.replicate;

/**
 * A point of a picture.
 *
 * @param axes name of the part of the picture
 * @param series name of the curve or bar
 * @param seed of the trial
 * @param x horizontal, 0 for a bar
 * @param y vertical
 */
public record Point(String axes, String series, long seed, double x, double y) {}
