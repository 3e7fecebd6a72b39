package lowrank4j.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import lowrank4j.blas.OpenBlas;
import lowrank4j.kernel.Tier;
import lowrank4j.kernel.Tiers;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Where a run took place: without it, its figures mean nothing. */
final class Environment {
    /** System property: the revision of the sources, which only the caller knows. */
    private static final String REVISION = "lowrank4j.bench.revision";

    private static final Path CACHES = Path.of("/sys/devices/system/cpu/cpu0/cache");

    private Environment() {}

    static Map<String, String> of(Plan plan) throws IOException {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put(
                "Run",
                plan.name() + ": " + plan.forks() + " forks of " + plan.iterations() + " × " + plan.iterationMillis()
                        + " ms after " + plan.warmups() + " × " + plan.warmupMillis() + " ms"
                        + (plan.patience() == Integer.MAX_VALUE
                                ? ""
                                : "; from second " + plan.patience() + " on, one fork"));
        facts.putAll(ofMachine());
        return facts;
    }

    static Map<String, String> ofMachine() throws IOException {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("Date", LocalDate.now(ZoneOffset.UTC).toString());
        facts.put("Revision", System.getProperty(REVISION, "unknown"));
        facts.put("Processor", processor());
        facts.put("Processors", String.valueOf(Runtime.getRuntime().availableProcessors()));
        facts.put("Caches of one processor", caches());
        facts.put("Load at the start", load());
        facts.put("System", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
        facts.put(
                "Java",
                System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version") + ", "
                        + System.getProperty("java.vendor"));
        for (Tier tier : List.of(Tier.VECTOR, Tier.NATIVE)) {
            facts.put("Tier " + tier, Tiers.select(tier).report().sentence());
        }
        OpenBlas library = Machinery.openBlas(1);
        facts.put(
                "OpenBLAS",
                library.config().strip() + "; kernels " + library.coreName() + ", threads " + library.threads());
        return facts;
    }

    /** Anything that Jackson knows, for people to read too. */
    static void write(Path file, Object value) throws IOException {
        JsonMapper mapper =
                JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
        Files.writeString(file, mapper.writeValueAsString(value) + "\n");
    }

    private static String load() {
        return String.format(
                Locale.ROOT,
                "%.2f",
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    }

    private static String processor() throws IOException {
        Path processors = Path.of("/proc/cpuinfo");
        if (!Files.isReadable(processors)) {
            return "unknown";
        }
        Map<String, String> facts = new LinkedHashMap<>();
        try (Stream<String> lines = Files.lines(processors)) {
            lines.map(line -> line.split(":", 2))
                    .filter(parts -> parts.length == 2)
                    .forEach(parts -> facts.putIfAbsent(parts[0].strip(), parts[1].strip()));
        }
        return facts.getOrDefault("model name", "unknown") + ", family " + facts.get("cpu family") + " model "
                + facts.get("model");
    }

    private static String caches() throws IOException {
        List<String> found = new ArrayList<>();
        for (int index = 0; Files.isReadable(CACHES.resolve("index" + index + "/size")); index++) {
            Path cache = CACHES.resolve("index" + index);
            String type = Files.readString(cache.resolve("type")).strip();
            if (!type.equals("Instruction")) {
                found.add("L" + Files.readString(cache.resolve("level")).strip() + " "
                        + Files.readString(cache.resolve("size")).strip());
            }
        }
        return found.isEmpty() ? "unknown" : String.join(", ", found);
    }
}
