package lowrank4j.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import lowrank4j.blas.OpenBlas;
import lowrank4j.error.InvalidArgumentException;
import lowrank4j.matrix.Matrix;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The choice of a tier: what is named is what runs, and what is missing says why. */
final class TiersTest {
    @Test
    @Tag("tier")
    void theNamedTierIsTheActiveOne() {
        assertThat(TierUnderTest.SELECTION.kernels().tier()).isEqualTo(TierUnderTest.NAMED);
        assertThat(TierUnderTest.SELECTION.report().active()).isEqualTo(TierUnderTest.NAMED);
        assertThat(Tiers.select().report().active()).isEqualTo(TierUnderTest.NAMED);
    }

    @Test
    @Tag("tier")
    void theReportSaysWhatRuns() {
        TierReport report = TierUnderTest.SELECTION.report();
        assertThat(report.sentence()).startsWith("tier " + TierUnderTest.NAMED);
        switch (TierUnderTest.NAMED) {
            case REFERENCE -> {
                assertThat(report.vectorBits()).isZero();
                assertThat(report.blas()).isEmpty();
            }
            case VECTOR -> {
                assertThat(report.vectorBits()).isIn(128, 256, 512);
                assertThat(report.fma()).isTrue();
                assertThat(report.blas()).isEmpty();
            }
            case NATIVE -> {
                assertThat(report.vectorBits()).isIn(128, 256, 512);
                assertThat(report.blas()).startsWith("OpenBLAS ");
                assertThat(report.blasThreads()).isPositive();
                assertThat(report.sentence()).contains(report.blas());
            }
        }
    }

    @Test
    @Tag("tier")
    void theClockRunsWhileKernelsWork() {
        Tiers.Selection selection = Tiers.select(TierUnderTest.NAMED);
        assertThat(selection.clock().seconds().values()).allMatch(seconds -> seconds == 0);
        Matrix a = Matrix.identity(50);
        selection.kernels().multiply(1, a, a.copy(), 0, Matrix.zeros(50, 50));
        assertThat(selection.clock().seconds().get(KernelClock.Kind.PRODUCTS)).isPositive();
        assertThat(selection.clock().seconds().get(KernelClock.Kind.SENSING)).isZero();
    }

    @Test
    void tiersHaveNamesInAnyCase() {
        assertThat(Tier.named("Native")).isEqualTo(Tier.NATIVE);
        assertThat(Tier.named("vector")).isEqualTo(Tier.VECTOR);
        assertThat(Tier.named("REFERENCE")).isEqualTo(Tier.REFERENCE);
        assertThatThrownBy(() -> Tier.named("gpu"))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessage("tier 'gpu' is unknown: choose native, vector or reference");
    }

    @Test
    void theReportReadsAsASentence() {
        assertThat(new TierReport(Tier.REFERENCE, 0, false, "", 0, List.of("No vectors.", "No library.")).sentence())
                .isEqualTo("tier reference. No vectors. No library.");
        assertThat(new TierReport(Tier.VECTOR, 256, false, "", 0, List.of()).sentence())
                .isEqualTo("tier vector, 256-bit vectors");
        assertThat(new TierReport(Tier.NATIVE, 512, true, "OpenBLAS 1", 1, List.of()).sentence())
                .isEqualTo("tier native, 512-bit vectors with FMA, OpenBLAS 1 on 1 thread");
        assertThat(new TierReport(Tier.NATIVE, 512, true, "OpenBLAS 1", 2, List.of()).sentence())
                .endsWith("OpenBLAS 1 on 2 threads");
    }

    @Test
    void theBestTierIsChosenUnlessOneIsNamed() {
        String named = TierUnderTest.NAMED.toString();
        try {
            for (String automatic : List.of("", "auto", "AUTO")) {
                System.setProperty(Tiers.PROPERTY, automatic);
                assertThat(Tiers.select().report())
                        .isEqualTo(Tiers.select(Tier.NATIVE).report());
            }
        } finally {
            System.setProperty(Tiers.PROPERTY, named);
        }
    }

    @Test
    void withoutTheVectorModuleTheChoiceFallsToTheReferenceAndSaysWhy() throws IOException, InterruptedException {
        assertThat(inAnotherProcess())
                .containsOnlyOnce("INFO: tier reference. ")
                .contains("chosen tier reference. ")
                .contains("--add-modules jdk.incubator.vector");
    }

    @Test
    void aForcedTierThatIsMissingThrowsAndQuotesTheRefusals() throws IOException, InterruptedException {
        for (String tier : List.of("vector", "native")) {
            assertThat(inAnotherProcess("-D" + Tiers.PROPERTY + "=" + tier))
                    .contains("refused tier " + tier + " is not available. ")
                    .contains("--add-modules jdk.incubator.vector");
        }
    }

    @Test
    void withoutAccessToMemoryTheVectorTierSaysWhatItNeeds() throws IOException, InterruptedException {
        assertThat(inAnotherProcess("--add-modules=jdk.incubator.vector", "--illegal-native-access=deny"))
                .contains("chosen tier reference. ")
                .contains("The vector tier")
                .contains("--enable-native-access");
    }

    /** Chooses a tier in a Java machine that was started without the vector module. */
    private static String inAnotherProcess(String... options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(System.getProperty("java.home") + "/bin/java");
        command.addAll(List.of(options));
        String classPath = Stream.of(Tiers.class, TiersTest.class, OpenBlas.class)
                .map(type ->
                        type.getProtectionDomain().getCodeSource().getLocation().getPath())
                .distinct()
                .reduce((first, second) -> first + java.io.File.pathSeparator + second)
                .orElseThrow();
        command.addAll(List.of("-cp", classPath, Choice.class.getName()));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.inputReader().readAllAsString());
        process.waitFor();
        return output;
    }

    /** Prints what was chosen, or why nothing was. */
    static final class Choice {
        private Choice() {}

        public static void main(String[] arguments) {
            try {
                Tiers.select(); // says so once
                System.out.println("chosen " + Tiers.select().report().sentence());
            } catch (lowrank4j.error.EnvironmentException e) {
                System.out.println("refused " + e.getMessage());
            }
        }
    }
}
