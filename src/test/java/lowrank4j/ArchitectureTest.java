package lowrank4j;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.List;
import java.util.stream.IntStream;
import lowrank4j.error.LowRankException;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The packages of the library know each other in one direction only, and each machine-dependent part has one door. */
class ArchitectureTest {
    /** From top to bottom: what stands lower never uses what stands higher. */
    private static final List<String> LAYERS = List.of(
            "lowrank4j",
            "lowrank4j.solver..",
            "lowrank4j.sensing..",
            "lowrank4j.kernel..",
            "lowrank4j.matrix..",
            "lowrank4j.io..",
            "lowrank4j.error..");

    private static final JavaClasses LIBRARY = new ClassFileImporter()
            .importUrl(
                    LowRankException.class.getProtectionDomain().getCodeSource().getLocation());

    @Test
    void theLibraryIsWhatIsLookedAt() {
        assertThat(LIBRARY.contain(LowRankException.class)).isTrue();
        assertThat(LIBRARY.contain(ArchitectureTest.class)).isFalse();
    }

    static IntStream lowerLayers() {
        return IntStream.range(1, LAYERS.size());
    }

    @ParameterizedTest
    @MethodSource("lowerLayers")
    void noLayerUsesAHigherOne(int layer) {
        noClasses()
                .that()
                .resideInAPackage(LAYERS.get(layer))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(LAYERS.subList(0, layer).toArray(String[]::new))
                .allowEmptyShould(true)
                .check(LIBRARY);
    }

    @Test
    void everyPackageHasItsLayer() {
        classes().should().resideInAnyPackage(LAYERS.toArray(String[]::new)).check(LIBRARY);
    }

    @Test
    void packagesFormNoCycle() {
        slices().matching("lowrank4j.(*)..").should().beFreeOfCycles().check(LIBRARY);
    }

    @Test
    void onlyTheVectorTierUsesTheVectorModule() {
        noClasses()
                .that()
                .resideOutsideOfPackage("lowrank4j.kernel.vector..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("jdk.incubator.vector..")
                .check(LIBRARY);
    }

    @Test
    void onlyTheNativeTierUsesTheBindings() {
        noClasses()
                .that()
                .resideOutsideOfPackage("lowrank4j.kernel.blas..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("lowrank4j.blas..")
                .check(LIBRARY);
    }

    @Test
    void onlyTierSelectionKnowsTheTiers() {
        noClasses()
                .that()
                .resideOutsideOfPackage("lowrank4j.kernel..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("lowrank4j.kernel.*..")
                .check(LIBRARY);
    }

    @Test
    void aTierBuildsOnSlowerTiersOnly() {
        noClasses()
                .that()
                .resideInAPackage("lowrank4j.kernel.reference..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("lowrank4j.kernel.vector..", "lowrank4j.kernel.blas..")
                .check(LIBRARY);
        noClasses()
                .that()
                .resideInAPackage("lowrank4j.kernel.vector..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("lowrank4j.kernel.blas..")
                .check(LIBRARY);
    }

    @Test
    void staticStateIsFinal() {
        fields().that().areStatic().should().beFinal().check(LIBRARY);
    }

    @Test
    void theLibraryPrintsNothing() {
        NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS.check(LIBRARY);
    }

    @Test
    void everyPackageIsNullMarked() {
        assertThat(LIBRARY.stream().map(JavaClass::getPackage).distinct())
                .allMatch(found -> found.isAnnotatedWith(NullMarked.class));
    }
}
