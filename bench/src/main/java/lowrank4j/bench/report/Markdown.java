package lowrank4j.bench.report;

import java.util.Collections;
import java.util.List;

/** Blocks as Markdown. */
final class Markdown {
    private Markdown() {}

    static String of(List<Block> blocks) {
        return String.join("\n", blocks.stream().map(Markdown::of).toList());
    }

    private static String of(Block block) {
        return switch (block) {
            case Block.Heading heading -> "#".repeat(heading.level()) + " " + heading.text() + "\n";
            case Block.Paragraph paragraph -> paragraph.text() + "\n";
            case Block.Items items ->
                String.join(
                        "",
                        items.texts().stream().map(text -> "- " + text + "\n").toList());
            case Block.Picture picture -> "![" + picture.inWords() + "](" + picture.file() + ")\n";
            case Block.Table table -> table(table);
        };
    }

    private static String table(Block.Table table) {
        StringBuilder text = new StringBuilder();
        row(text, table.header());
        int figures = table.header().size() - table.labels();
        text.append("|---".repeat(table.labels()))
                .append(String.join("", Collections.nCopies(figures, "|---:")))
                .append("|\n");
        table.rows().forEach(cells -> row(text, cells));
        return text.toString();
    }

    private static void row(StringBuilder text, List<String> cells) {
        text.append("| ").append(String.join(" | ", cells).replace("\n", " ")).append(" |\n");
    }
}
