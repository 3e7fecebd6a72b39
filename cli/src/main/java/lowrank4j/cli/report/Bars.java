package lowrank4j.cli.report;

import java.awt.Color;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.Map;

/** Draws durations as bars that lie one below the other. */
public final class Bars {
    private static final int ROW = 30;
    private static final int THICKNESS = 18;
    private static final int GAP = 12;
    private static final int TITLE = 34;
    private static final Color BAR = new Color(0x0072B2);

    private Bars() {}

    /**
     * The bars, their lengths in proportion, with names before and figures behind them.
     *
     * @param title above them
     * @param seconds at least 0, by what took them
     * @param width in points
     */
    public static BufferedImage draw(String title, Map<String, Double> seconds, int width) {
        BufferedImage image = Pictures.blank(width, TITLE + ROW * seconds.size() + GAP);
        Graphics2D graphics = Pictures.graphics(image);
        FontMetrics letters = graphics.getFontMetrics();
        int left = GAP
                + seconds.keySet().stream().mapToInt(letters::stringWidth).max().orElse(0);
        int room = width - left - 3 * GAP - letters.stringWidth("00 min 00 s");
        double longest = seconds.values().stream().mapToDouble(s -> s).max().orElse(0);
        Color ink = graphics.getColor();
        graphics.drawString(title, left + GAP, TITLE - GAP);
        int top = TITLE;
        for (Map.Entry<String, Double> bar : seconds.entrySet()) {
            int base = top + (THICKNESS + letters.getAscent()) / 2 - 1;
            int length = (int) Math.max(1, longest > 0 ? Math.round(room * bar.getValue() / longest) : 0);
            graphics.setColor(ink);
            graphics.drawString(bar.getKey(), left - letters.stringWidth(bar.getKey()), base);
            graphics.drawString(Numbers.seconds(bar.getValue()), left + 2 * GAP + length, base);
            graphics.setColor(BAR);
            graphics.fillRect(left + GAP, top, length, THICKNESS);
            top += ROW;
        }
        graphics.dispose();
        return image;
    }
}
