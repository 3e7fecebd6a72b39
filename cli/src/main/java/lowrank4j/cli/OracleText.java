package lowrank4j.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The verdicts on the tiers as lines for people. */
final class OracleText {
    private OracleText() {}

    static List<String> lines(List<OracleVerdict> verdicts) {
        List<String> lines = new ArrayList<>();
        lines.add("oracle:");
        for (OracleVerdict verdict : verdicts) {
            lines.add("  - tier " + verdict.tier() + ": " + sentence(verdict));
            verdict.firstFailures().forEach(failure -> lines.add("      " + failure));
        }
        List<OracleVerdict> available =
                verdicts.stream().filter(OracleVerdict::isAvailable).toList();
        if (!available.isEmpty()) {
            lines.addAll(table(available));
        }
        return lines;
    }

    private static String sentence(OracleVerdict verdict) {
        if (!verdict.isAvailable()) {
            return "not available. " + verdict.refusal();
        }
        return verdict.isWrong()
                ? "WRONG, " + verdict.failures().size() + " of " + verdict.checks()
                        + " checks failed; the first of them:"
                : "right, " + verdict.checks() + " checks passed";
    }

    /** A row for each kernel, a column for each tier. */
    private static List<String> table(List<OracleVerdict> verdicts) {
        List<String> lines = new ArrayList<>();
        StringBuilder head = new StringBuilder(cell("  speed on one thread", -40));
        verdicts.forEach(verdict -> head.append(cell(verdict.tier().toString(), 24)));
        lines.add(head.toString());
        for (int k = 0; k < verdicts.getFirst().speeds().size(); k++) {
            StringBuilder row = new StringBuilder(
                    cell("  " + verdicts.getFirst().speeds().get(k).kernel(), -40));
            for (OracleVerdict verdict : verdicts) {
                row.append(cell(verdict.speeds().get(k).text(), 24));
            }
            lines.add(row.toString());
        }
        return lines;
    }

    /** To the left where the width is negative. */
    private static String cell(String text, int width) {
        return String.format(Locale.ROOT, "%" + width + "s", text);
    }
}
