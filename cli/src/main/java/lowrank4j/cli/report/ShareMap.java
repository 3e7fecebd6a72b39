package lowrank4j.cli.report;

import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Draws shares as maps of coloured cells that lie side by side: blue for all, white for half, orange for none. */
public final class ShareMap {
    private static final int CELL = 22;
    private static final int GAP = 14;
    private static final int TITLE = 26;
    private static final int LETTERS = 18;
    private static final Color ALL = new Color(0x0072B2);
    private static final Color NONE = new Color(0xD55E00);
    private static final Color EMPTY = new Color(0xE4E7EB);
    private static final Color INK = new Color(0x1F2933);

    private ShareMap() {}

    /**
     * The maps, one for each beginning of a name up to its comma, with a row for each end of a name and a column for each x; grey where a
     * row has no value, and nothing where a map has no such row.
     *
     * @param title above them
     * @param horizontal what x is
     * @param lines named "map, row", y in percent
     * @param width in points
     */
    public static BufferedImage draw(String title, String horizontal, List<Panel.Line> lines, int width) {
        Map<String, Map<String, Panel.Line>> maps = new LinkedHashMap<>();
        TreeSet<Double> columns = new TreeSet<>();
        List<String> rows = lines.stream().map(line -> part(line, 1)).distinct().toList();
        for (Panel.Line line : lines) {
            maps.computeIfAbsent(part(line, 0), name -> new LinkedHashMap<>()).put(part(line, 1), line);
            for (double x : line.x()) {
                columns.add(x);
            }
        }
        BufferedImage image = Pictures.blank(width, TITLE + 2 * LETTERS + CELL * rows.size() + LETTERS + GAP);
        Graphics2D graphics = Pictures.graphics(image);
        graphics.drawString(title, GAP, TITLE - 8);
        graphics.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 10));
        FontMetrics letters = graphics.getFontMetrics();
        int left = 2 * GAP + rows.stream().mapToInt(letters::stringWidth).max().orElse(0);
        int top = TITLE + LETTERS;
        int base = (CELL + letters.getAscent()) / 2 - 1;
        for (int i = 0; i < rows.size(); i++) {
            String name = rows.get(i);
            graphics.drawString(name, left - GAP / 2 - letters.stringWidth(name), top + CELL * i + base);
        }
        int below = top + CELL * rows.size() + letters.getAscent() + 4;
        graphics.drawString(horizontal, left, below + LETTERS - 3);
        for (Map.Entry<String, Map<String, Panel.Line>> map : maps.entrySet()) {
            graphics.setColor(INK);
            graphics.drawString(map.getKey(), left, top - 5);
            int x = left;
            for (double column : columns) {
                graphics.setColor(INK);
                centre(graphics, Numbers.brief(column), x, below);
                for (int i = 0; i < rows.size(); i++) {
                    Panel.Line line = map.getValue().get(rows.get(i));
                    if (line != null) {
                        cell(graphics, x, top + CELL * i, base, valueAt(line, column));
                    }
                }
                x += CELL;
            }
            left = x + GAP;
        }
        graphics.dispose();
        return image;
    }

    private static String part(Panel.Line line, int which) {
        String[] parts = line.name().split(", ", 2);
        return which < parts.length ? parts[which] : "";
    }

    /** NaN where there is none. */
    private static double valueAt(Panel.Line line, double column) {
        for (int k = 0; k < line.x().length; k++) {
            if (line.x()[k] == column) {
                return line.y()[k];
            }
        }
        return Double.NaN;
    }

    private static void cell(Graphics2D graphics, int x, int y, int base, double percent) {
        graphics.setColor(colour(percent));
        graphics.fillRect(x, y, CELL - 1, CELL - 1);
        if (Double.isFinite(percent)) {
            graphics.setColor(percent > 80 || percent < 15 ? Color.WHITE : INK);
            centre(graphics, String.valueOf(Math.round(percent)), x, y + base);
        }
    }

    private static void centre(Graphics2D graphics, String text, int x, int base) {
        graphics.drawString(text, x + (CELL - 1 - graphics.getFontMetrics().stringWidth(text)) / 2, base);
    }

    private static Color colour(double percent) {
        if (!Double.isFinite(percent)) {
            return EMPTY;
        }
        Color end = percent > 50 ? ALL : NONE;
        double part = Math.min(1, Math.abs(percent - 50) / 50);
        return new Color(mixed(end.getRed(), part), mixed(end.getGreen(), part), mixed(end.getBlue(), part));
    }

    private static int mixed(int end, double part) {
        return (int) Math.round(255 + part * (end - 255));
    }
}
