package lowrank4j.bench.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Writes the report on the results of a run, and the figures of the README. */
public final class Report {
    private final Results results;
    private final Contents contents;

    private Report(Results results) {
        this.results = results;
        this.contents = new Contents(results);
    }

    static Report of(Path resultsDirectory) {
        return new Report(Results.read(resultsDirectory));
    }

    /**
     * Writes all documents.
     *
     * @param arguments the root of the repository
     */
    public static void main(String[] arguments) throws IOException {
        Path root = Path.of(arguments[0]).toRealPath();
        Path bench = root.resolve("bench");
        Report report = of(bench.resolve("results"));
        byte[] roofline = report.contents.roofline();
        Files.write(bench.resolve("roofline.png"), roofline);
        Files.writeString(bench.resolve("REPORT.md"), report.markdown());
        List<Block> blocks = report.contents.blocks(roofline);
        Files.writeString(bench.resolve("report.html"), Page.of(Contents.TITLE, blocks));
        Path readme = root.resolve("README.md");
        Files.writeString(readme, report.readme(Files.readString(readme)));
        System.out.println("Written: bench/REPORT.md, bench/report.html and the figures of README.md");
    }

    /** The report as Markdown; the picture stands beside it. */
    String markdown() {
        return Markdown.of(contents.blocks(new byte[0]));
    }

    /** The README with these figures. */
    String readme(String readme) {
        return Readme.with(readme, contents, results.environment());
    }
}
