package lowrank4j.cli.report;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.font.FontRenderContext;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import lowrank4j.error.EnvironmentException;

/** Makes, joins and writes pictures; sizes are in points of {@link #SCALE} pixels. */
public final class Pictures {
    /** Pixels a point: sharp on fine screens and in print. */
    public static final int SCALE = 2;

    private static final Color INK = new Color(0x1F2933);

    private Pictures() {}

    /**
     * Makes sure that text can be drawn.
     *
     * @throws EnvironmentException where Java finds no fonts, as in some containers
     */
    public static void requireFonts() {
        try {
            new Font(Font.SANS_SERIF, Font.PLAIN, 13).getLineMetrics("0", new FontRenderContext(null, true, false));
        } catch (RuntimeException | LinkageError | InternalError e) {
            throw new EnvironmentException("pictures cannot be drawn, for Java finds no fonts (" + e.getMessage()
                    + "): install fontconfig and a font, such as the Debian packages fontconfig and fonts-dejavu-core");
        }
    }

    /** A white picture. */
    public static BufferedImage blank(int width, int height) {
        BufferedImage image = new BufferedImage(SCALE * width, SCALE * height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, image.getWidth(), image.getHeight());
        graphics.dispose();
        return image;
    }

    /** Draws on a picture in points, smoothly; dispose of it after use. */
    public static Graphics2D graphics(BufferedImage image) {
        Graphics2D graphics = image.createGraphics();
        graphics.scale(SCALE, SCALE);
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        graphics.setColor(INK);
        graphics.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 13));
        return graphics;
    }

    /** A line of text in the middle of a white picture. */
    public static BufferedImage note(String text, int width, int height) {
        BufferedImage image = blank(width, height);
        Graphics2D graphics = graphics(image);
        int left = (width - graphics.getFontMetrics().stringWidth(text)) / 2;
        graphics.drawString(text, left, height / 2 + 5);
        graphics.dispose();
        return image;
    }

    /** The pictures one below the other. */
    public static BufferedImage stacked(List<BufferedImage> images) {
        int width = images.stream().mapToInt(BufferedImage::getWidth).max().orElse(1);
        int height = images.stream().mapToInt(BufferedImage::getHeight).sum();
        BufferedImage whole = new BufferedImage(width, Math.max(1, height), BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = whole.createGraphics();
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, whole.getWidth(), whole.getHeight());
        int top = 0;
        for (BufferedImage image : images) {
            graphics.drawImage(image, 0, top, null);
            top += image.getHeight();
        }
        graphics.dispose();
        return whole;
    }

    /** Writes a PNG file, over an older one. */
    public static void write(BufferedImage image, Path file) throws IOException {
        Files.write(file, png(image));
    }

    /** The bytes of a PNG file. */
    static byte[] png(BufferedImage image) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        // No cache on disk: pictures are small, and a temporary folder may be missing.
        try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
            if (!ImageIO.write(image, "png", out)) {
                throw new IOException("this Java has no writer for PNG pictures");
            }
        } catch (IOException e) {
            throw new UncheckedIOException("encoding a picture failed: " + e.getMessage(), e);
        }
        return bytes.toByteArray();
    }
}
