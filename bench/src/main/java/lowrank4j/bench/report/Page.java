package lowrank4j.bench.report;

import java.util.Base64;
import java.util.List;

/** Blocks as a page in one file, with its style and its pictures inside. */
final class Page {
    private static final String STYLE = """
            body { margin: 0; background: #f4f5f7; color: #1f2933; font: 15px/1.5 system-ui, "Segoe UI", Roboto, "DejaVu Sans", sans-serif; }
            main { max-width: 1180px; margin: 0 auto; padding: 32px 24px 48px; background: #fff; }
            h2 { margin-top: 40px; padding-top: 12px; border-top: 1px solid #e4e7eb; }
            img { max-width: 100%; height: auto; }
            div { overflow-x: auto; }
            table { border-collapse: collapse; font-size: 14px; font-variant-numeric: tabular-nums; }
            td, th { text-align: left; vertical-align: top; padding: 4px 14px 4px 0; border-bottom: 1px solid #e4e7eb; }
            .figure { text-align: right; white-space: nowrap; }
            """;

    private Page() {}

    static String of(String title, List<Block> blocks) {
        StringBuilder body = new StringBuilder();
        blocks.forEach(block -> append(body, block));
        return "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\"/>\n"
                + "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n<title>" + escaped(title)
                + "</title>\n<style>\n" + STYLE + "</style>\n</head>\n<body>\n<main>\n" + body
                + "</main>\n</body>\n</html>\n";
    }

    private static void append(StringBuilder body, Block block) {
        switch (block) {
            case Block.Heading heading -> element(body, "h" + heading.level(), heading.text());
            case Block.Paragraph paragraph -> element(body, "p", paragraph.text());
            case Block.Items items -> {
                body.append("<ul>\n");
                items.texts().forEach(text -> element(body, "li", text));
                body.append("</ul>\n");
            }
            case Block.Picture picture ->
                body.append("<p><img alt=\"")
                        .append(escaped(picture.inWords()))
                        .append("\" src=\"data:image/png;base64,")
                        .append(Base64.getEncoder().encodeToString(picture.png()))
                        .append("\"/></p>\n");
            case Block.Table table -> {
                body.append("<div><table>\n");
                row(body, "th", table.labels(), table.header());
                table.rows().forEach(cells -> row(body, "td", table.labels(), cells));
                body.append("</table></div>\n");
            }
        }
    }

    private static void row(StringBuilder body, String tag, int labels, List<String> cells) {
        body.append("<tr>");
        for (int k = 0; k < cells.size(); k++) {
            body.append('<').append(tag).append(k < labels ? ">" : " class=\"figure\">");
            body.append(escaped(cells.get(k))).append("</").append(tag).append('>');
        }
        body.append("</tr>\n");
    }

    private static void element(StringBuilder body, String tag, String text) {
        body.append('<').append(tag).append('>').append(escaped(text));
        body.append("</").append(tag).append(">\n");
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
