package lowrank4j.cli.demo;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.random.RandomGenerator;
import javax.imageio.ImageIO;

/**
 * A picture in three colours of 0 … 255.
 *
 * @param width in pixels
 * @param height in pixels
 * @param channels red, green and blue, each row by row
 */
public record Photograph(int width, int height, List<int[]> channels) {
    /** Names of the channels in their order. */
    public static final List<String> COLOURS = List.of("red", "green", "blue");

    private static final int BRIGHTEST = 255;

    public Photograph {
        channels = List.copyOf(channels);
        if (channels.size() != COLOURS.size()) {
            throw new IllegalArgumentException("there are " + channels.size() + " channels, but must be 3");
        }
        for (int[] channel : channels) {
            if (channel.length != width * height) {
                throw new IllegalArgumentException("a channel has " + channel.length + " pixels, but a picture of "
                        + width + "x" + height + " must have " + width * height);
            }
        }
    }

    /** The photograph that comes with the command. */
    public static Photograph ofACat() {
        String name = "cat.jpg";
        try (InputStream in = Photograph.class.getResourceAsStream(name)) {
            BufferedImage image = in == null ? null : ImageIO.read(in);
            if (image == null) {
                throw new IllegalStateException("the photograph " + name + " is missing from this build");
            }
            return of(image);
        } catch (IOException e) {
            throw new UncheckedIOException("the photograph " + name + " cannot be read", e);
        }
    }

    static Photograph of(BufferedImage image) {
        int width = image.getWidth();
        int height = image.getHeight();
        int[] pixels = image.getRGB(0, 0, width, height, null, 0, width);
        int[] red = new int[pixels.length];
        int[] green = new int[pixels.length];
        int[] blue = new int[pixels.length];
        for (int k = 0; k < pixels.length; k++) {
            red[k] = pixels[k] >> 16 & BRIGHTEST;
            green[k] = pixels[k] >> 8 & BRIGHTEST;
            blue[k] = pixels[k] & BRIGHTEST;
        }
        return new Photograph(width, height, List.of(red, green, blue));
    }

    /** The picture as it is drawn. */
    public BufferedImage image() {
        int[] pixels = new int[width * height];
        for (int k = 0; k < pixels.length; k++) {
            pixels[k] = channels.get(0)[k] << 16 | channels.get(1)[k] << 8 | channels.get(2)[k];
        }
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        image.setRGB(0, 0, width, height, pixels, 0, width);
        return image;
    }

    /** This picture with black in place of the pixels that are not known. */
    public Photograph with(boolean[] known) {
        return new Photograph(
                width,
                height,
                channels.stream()
                        .map(channel -> {
                            int[] kept = channel.clone();
                            for (int k = 0; k < kept.length; k++) {
                                kept[k] = known[k] ? kept[k] : 0;
                            }
                            return kept;
                        })
                        .toList());
    }

    /** Which pixels of a picture of so many are known: each with this chance. */
    static boolean[] known(int pixels, double chance, RandomGenerator random) {
        boolean[] known = new boolean[pixels];
        for (int k = 0; k < pixels; k++) {
            known[k] = random.nextDouble() < chance;
        }
        return known;
    }

    /** The nearest colour to a number. */
    static int colour(double value) {
        return Math.clamp(Math.round(value), 0, BRIGHTEST);
    }

    /**
     * Peak signal-to-noise ratio in decibels, {@code 10 log₁₀(255²/MSE)} with the mean over all pixels and channels; infinite for
     * equal pictures.
     */
    public static double psnr(Photograph one, Photograph other) {
        if (one.width != other.width || one.height != other.height) {
            throw new IllegalArgumentException("pictures of " + one.width + "x" + one.height + " and " + other.width
                    + "x" + other.height + " cannot be compared: they must be of one size");
        }
        double sum = 0;
        for (int c = 0; c < COLOURS.size(); c++) {
            for (int k = 0; k < one.width * one.height; k++) {
                double gap = one.channels.get(c)[k] - other.channels.get(c)[k];
                sum += gap * gap;
            }
        }
        double meanSquare = sum / (COLOURS.size() * (double) one.width * one.height);
        return 10 * Math.log10(BRIGHTEST * BRIGHTEST / meanSquare);
    }
}
