package lowrank4j.bench.report;

import java.util.List;

/** A piece of the report, which is written both as Markdown and as a page. */
sealed interface Block {
    /** A heading; {@code level} 1 is the title. */
    record Heading(int level, String text) implements Block {}

    record Paragraph(String text) implements Block {}

    record Items(List<String> texts) implements Block {
        public Items {
            texts = List.copyOf(texts);
        }
    }

    /** The first columns, {@code labels} of them, are text and the others figures. */
    record Table(int labels, List<String> header, List<List<String>> rows) implements Block {
        public Table {
            header = List.copyOf(header);
            rows = List.copyOf(rows);
        }
    }

    /**
     * A picture.
     *
     * @param file where the Markdown finds it
     * @param png what the page carries in itself
     * @param inWords for those who cannot see it
     */
    record Picture(String file, byte[] png, String inWords) implements Block {}
}
