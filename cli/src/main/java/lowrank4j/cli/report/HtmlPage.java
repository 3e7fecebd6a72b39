package lowrank4j.cli.report;

import java.awt.image.BufferedImage;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A page in one file: its style and its pictures are inside it, so that it can be mailed and kept. Well-formed as XML, too. All texts
 * are escaped here.
 */
public final class HtmlPage {
    private static final String STYLE = """
            :root { color-scheme: light; }
            body { margin: 0; background: #f4f5f7; color: #1f2933; font: 16px/1.5 system-ui, "Segoe UI", Roboto, "DejaVu Sans", sans-serif; }
            main { max-width: 900px; margin: 0 auto; padding: 32px 24px 48px; background: #fff; min-height: 100vh; box-sizing: border-box; }
            h1 { font-size: 28px; line-height: 1.25; margin: 0 0 4px; }
            h2 { font-size: 19px; margin: 36px 0 8px; padding-top: 12px; border-top: 1px solid #e4e7eb; }
            p { margin: 6px 0 12px; }
            .note { color: #52606d; font-size: 14px; }
            .verdict { border-left: 5px solid; padding: 10px 14px; margin: 16px 0; border-radius: 3px; }
            .good { border-color: #009e73; background: #e8f6f1; }
            .bad { border-color: #d55e00; background: #fdf1e8; }
            .tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(118px, 1fr)); gap: 12px; margin: 16px 0; padding: 0; }
            .tile { border: 1px solid #e4e7eb; border-radius: 6px; padding: 10px 14px; }
            .tile b { display: block; font-size: 22px; font-weight: 600; overflow-wrap: anywhere; }
            .tile span { color: #52606d; font-size: 14px; }
            figure { margin: 12px 0; }
            figure img { width: 100%; height: auto; display: block; }
            figcaption { color: #52606d; font-size: 14px; }
            table { border-collapse: collapse; width: 100%; font-size: 15px; }
            td, th { text-align: left; vertical-align: top; padding: 5px 16px 5px 0; border-bottom: 1px solid #e4e7eb; overflow-wrap: anywhere; }
            table.facts td:first-child { width: 34%; color: #52606d; }
            table.text td, table.text th { overflow-wrap: normal; }
            table.text td:last-child { white-space: nowrap; }
            .number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
            .bar { width: 50%; }
            .bar i { display: block; height: 12px; background: #0072b2; border-radius: 2px; min-width: 1px; }
            """;

    private final StringBuilder body = new StringBuilder();
    private final String title;

    /**
     * An empty page.
     *
     * @param title also the first heading
     */
    public HtmlPage(String title) {
        this.title = title;
    }

    /** A figure to be read at a glance. */
    public record Tile(String value, String label) {}

    public HtmlPage heading(String text) {
        body.append("<h2>").append(escaped(text)).append("</h2>\n");
        return this;
    }

    public HtmlPage paragraph(String text) {
        body.append("<p>").append(escaped(text)).append("</p>\n");
        return this;
    }

    /** A paragraph in small print. */
    public HtmlPage note(String text) {
        body.append("<p class=\"note\">").append(escaped(text)).append("</p>\n");
        return this;
    }

    /** What it all came to: in green, or in orange. */
    public HtmlPage verdict(boolean good, String text) {
        body.append(good ? "<p class=\"verdict good\">" : "<p class=\"verdict bad\">")
                .append(escaped(text))
                .append("</p>\n");
        return this;
    }

    public HtmlPage tiles(List<Tile> tiles) {
        body.append("<div class=\"tiles\">\n");
        for (Tile tile : tiles) {
            body.append("<div class=\"tile\"><b>")
                    .append(escaped(tile.value()))
                    .append("</b><span>")
                    .append(escaped(tile.label()))
                    .append("</span></div>\n");
        }
        body.append("</div>\n");
        return this;
    }

    public HtmlPage list(List<String> items) {
        body.append("<ul>\n");
        items.forEach(item -> body.append("<li>").append(escaped(item)).append("</li>\n"));
        body.append("</ul>\n");
        return this;
    }

    /** Two columns: what, and its value. */
    public HtmlPage facts(Map<String, String> facts) {
        body.append("<table class=\"facts\">\n");
        facts.forEach((label, value) -> body.append("<tr><td>")
                .append(escaped(label))
                .append("</td><td>")
                .append(escaped(value))
                .append("</td></tr>\n"));
        body.append("</table>\n");
        return this;
    }

    /** A table whose first column is text and whose others are figures. */
    public HtmlPage table(List<String> header, List<List<String>> rows) {
        return table("<table>", header, rows, " class=\"number\"");
    }

    /** A table of texts; the last column is short. */
    public HtmlPage textTable(List<String> header, List<List<String>> rows) {
        return table("<table class=\"text\">", header, rows, "");
    }

    private HtmlPage table(String tag, List<String> header, List<List<String>> rows, String style) {
        body.append(tag).append('\n');
        row("th", header, style);
        rows.forEach(cells -> row("td", cells, style));
        body.append("</table>\n");
        return this;
    }

    private void row(String tag, List<String> cells, String style) {
        body.append("<tr>");
        for (int k = 0; k < cells.size(); k++) {
            body.append('<').append(tag).append(k == 0 ? "" : style).append('>');
            body.append(escaped(cells.get(k))).append("</").append(tag).append('>');
        }
        body.append("</tr>\n");
    }

    /** Durations in seconds by what took them, with bars in proportion. */
    public HtmlPage durations(Map<String, Double> seconds) {
        double longest = seconds.values().stream().mapToDouble(s -> s).max().orElse(0);
        body.append("<table>\n");
        seconds.forEach((label, value) -> body.append("<tr><td>")
                .append(escaped(label))
                .append("</td><td class=\"number\">")
                .append(Numbers.seconds(value))
                .append("</td><td class=\"bar\"><i style=\"width:")
                .append(String.format(Locale.ROOT, "%.1f", longest > 0 ? 100 * value / longest : 0))
                .append("%\"></i></td></tr>\n"));
        body.append("</table>\n");
        return this;
    }

    /** A picture, for those who cannot see it in words, with a caption below. */
    public HtmlPage figure(BufferedImage image, String inWords, String caption) {
        body.append("<figure><img alt=\"")
                .append(escaped(inWords))
                .append("\" src=\"data:image/png;base64,")
                .append(Base64.getEncoder().encodeToString(Pictures.png(image)))
                .append("\"/><figcaption>")
                .append(escaped(caption))
                .append("</figcaption></figure>\n");
        return this;
    }

    /** The whole page. */
    public String text() {
        return "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\"/>\n"
                + "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n<title>" + escaped(title)
                + "</title>\n<style>\n" + STYLE + "</style>\n</head>\n<body>\n<main>\n<h1>" + escaped(title) + "</h1>\n"
                + body + "</main>\n</body>\n</html>\n";
    }

    private static String escaped(String text) {
        StringBuilder safe = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            switch (c) {
                case '&' -> safe.append("&amp;");
                case '<' -> safe.append("&lt;");
                case '>' -> safe.append("&gt;");
                case '"' -> safe.append("&quot;");
                default -> safe.appendCodePoint(isAllowed(c) ? c : '\uFFFD');
            }
        });
        return safe.toString();
    }

    /** XML 1.0, production 2: a page may not hold other characters, but a file name may. */
    private static boolean isAllowed(int c) {
        return c == '\t'
                || c == '\n'
                || c == '\r'
                || (c >= 0x20 && c <= 0xD7FF)
                || (c >= 0xE000 && c <= 0xFFFD)
                || c > 0xFFFF;
    }
}
