package lowrank4j.cli;

import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import lowrank4j.error.EnvironmentException;
import lowrank4j.io.AvailableMemory;
import lowrank4j.kernel.TierReport;
import lowrank4j.kernel.Tiers;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code lowrank4j doctor}: what this machine offers, what of it is in use and why, and whether it computes right. */
@Command(
        name = "doctor",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        abbreviateSynopsis = true,
        description =
                "Says what of this machine is in use and why, and tests that it computes right; the exit code is 5 if not.")
final class DoctorCommand implements Callable<Integer> {
    private static final long MEBIBYTE = 1 << 20;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Option(names = "--json", description = "print one JSON object")
    private boolean json;

    @Option(
            names = "--oracle",
            description =
                    "check every kernel of every tier against the formulas, and measure a few; takes up to 30 seconds")
    private boolean oracle;

    private DoctorCommand() {}

    @Override
    public Integer call() {
        Map<String, @Nullable Object> report = new LinkedHashMap<>();
        report.put("version", Main.Version.text());
        report.put("java", java());
        report.put("processor", processor());
        report.put("memory", memory());
        boolean usable;
        List<OracleVerdict> verdicts = new ArrayList<>();
        try {
            TierReport tier = Tiers.select().report();
            List<TierCheck> checks = TierCheck.all();
            report.put("tier", ResultJson.tier(tier));
            report.put("selfTest", checks.stream().map(TierCheck::toJson).toList());
            if (oracle) {
                verdicts.addAll(OracleVerdict.all(spec.commandLine().getErr()));
            }
            usable = isUsable(checks, verdicts);
        } catch (EnvironmentException e) {
            report.put("problem", String.valueOf(e.getMessage()));
            usable = false;
        }
        report.put("usable", usable);
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            if (oracle) {
                report.put(
                        "oracle", verdicts.stream().map(OracleVerdict::toJson).toList());
            }
            out.println(Json.text(report));
        } else {
            lines("", report).forEach(out::println);
            if (oracle) {
                OracleText.lines(verdicts).forEach(out::println);
            }
        }
        return usable ? ExitCode.CONVERGED : ExitCode.ENVIRONMENT;
    }

    static boolean isUsable(List<TierCheck> checks, List<OracleVerdict> verdicts) {
        return checks.stream().noneMatch(TierCheck::isWrong)
                && verdicts.stream().noneMatch(OracleVerdict::isWrong);
    }

    private static Map<String, @Nullable Object> java() {
        Map<String, @Nullable Object> java = new LinkedHashMap<>();
        java.put("version", System.getProperty("java.runtime.version", "unknown"));
        java.put("vm", System.getProperty("java.vm.name", "unknown"));
        java.put("vendor", System.getProperty("java.vendor", "unknown"));
        java.put("home", System.getProperty("java.home", "unknown"));
        java.put(
                "flags",
                ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                        .filter(flag -> !flag.startsWith("--module-path") && !flag.startsWith("-Djdk.module"))
                        .toList());
        java.put(
                "vectorModule",
                ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent());
        java.put("nativeAccess", Tiers.class.getModule().isNativeAccessEnabled());
        return java;
    }

    private static Map<String, @Nullable Object> processor() {
        Map<String, @Nullable Object> processor = new LinkedHashMap<>();
        processor.put("name", MachineFacts.processor());
        processor.put("architecture", System.getProperty("os.arch", "unknown"));
        processor.put("system", System.getProperty("os.name", "unknown") + " " + System.getProperty("os.version", ""));
        processor.put("threads", Runtime.getRuntime().availableProcessors());
        return processor;
    }

    private static Map<String, @Nullable Object> memory() {
        Map<String, @Nullable Object> memory = new LinkedHashMap<>();
        memory.put("totalBytes", ResultJson.orNull(MemoryNeed.totalBytes()));
        memory.put("availableBytes", AvailableMemory.bytes());
        memory.put("largestHeapBytes", Runtime.getRuntime().maxMemory());
        return memory;
    }

    /** The report as lines for people: objects indented, lists one item a line. */
    private static List<String> lines(String indent, Map<?, ?> object) {
        List<String> lines = new ArrayList<>();
        object.forEach((name, value) -> {
            String label = indent + words(String.valueOf(name)) + ": ";
            if (value instanceof Map<?, ?> inner) {
                lines.add(label.stripTrailing());
                lines.addAll(lines(indent + "  ", inner));
            } else if (value instanceof List<?> items) {
                lines.add(items.isEmpty() ? label + "none" : label.stripTrailing());
                for (Object item : items) {
                    lines.add(indent + "  - " + (item instanceof Map<?, ?> facts ? inOneLine(facts) : item));
                }
            } else {
                lines.add(label + text(String.valueOf(name), value));
            }
        });
        return lines;
    }

    private static String inOneLine(Map<?, ?> facts) {
        List<String> words = new ArrayList<>();
        facts.forEach((name, value) -> words.add(words(String.valueOf(name)) + " " + value));
        return String.join(", ", words);
    }

    private static String text(String name, @Nullable Object value) {
        if (value == null) {
            return "unknown";
        }
        if (value instanceof Long bytes && name.endsWith("Bytes")) {
            return bytes / MEBIBYTE + " MiB";
        }
        if (value instanceof Boolean yes) {
            return yes ? "yes" : "no";
        }
        return value.equals("") ? "none" : value.toString();
    }

    /** {@code vectorBits} as "vector bits". */
    private static String words(String name) {
        return name.replaceAll("Bytes$", "").replaceAll("([A-Z])", " $1").toLowerCase(Locale.ROOT);
    }
}
