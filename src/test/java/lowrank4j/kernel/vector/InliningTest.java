package lowrank4j.kernel.vector;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeModel;
import java.lang.classfile.Label;
import java.lang.classfile.MethodModel;
import java.lang.classfile.instruction.BranchInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LabelTarget;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import javax.management.JMException;
import javax.management.ObjectName;
import lowrank4j.kernel.Tier;
import lowrank4j.kernel.Tiers;
import org.junit.jupiter.api.Test;

/** The compiler is told of every method that takes vectors, and of every loop over vectors that meets others in one caller, as their bytecode says. */
class InliningTest {
    private static final Pattern VECTOR = Pattern.compile("jdk/incubator/vector/\\w*Vector\\b");

    @Test
    void everyMethodThatTakesOrReturnsVectorsIsPartOfItsCaller() throws IOException {
        assertThat(Inlining.PARTS).containsExactlyElementsOf(methods(InliningTest::takesOrReturnsVectors));
    }

    @Test
    void everyLoopThatMeetsOthersInOneCallerIsCompiledForItself() throws IOException {
        List<String> loops = methods(method -> !takesOrReturnsVectors(method) && hasLoopOverVectors(method));
        assertThat(Inlining.LOOPS)
                .containsExactlyElementsOf(loops.stream()
                        .filter(name ->
                                name.matches("(CompletionGrams\\.add|CompletionRecords\\.|Fourier|Sensing|Sign).*"))
                        .toList());
    }

    @Test
    void theCompilerIsToldOnce() throws JMException {
        Tiers.select(Tier.VECTOR);
        Tiers.select(Tier.VECTOR);
        String told = ManagementFactory.getPlatformMBeanServer()
                .invoke(
                        new ObjectName("com.sun.management:type=DiagnosticCommand"),
                        "compilerDirectivesPrint",
                        null,
                        null)
                .toString();
        assertThat(told)
                .containsOnlyOnce("+lowrank4j/kernel/vector/Lanes.fma")
                .containsOnlyOnce("-lowrank4j/kernel/vector/SensingDoubles.addRows");
    }

    private static List<String> methods(Predicate<MethodModel> wanted) throws IOException {
        List<String> names = new ArrayList<>();
        for (URI place : classes()) {
            try (InputStream file = place.toURL().openStream()) {
                ClassModel model = ClassFile.of().parse(file.readAllBytes());
                String internal = model.thisClass().asInternalName();
                model.methods().stream()
                        .filter(method -> !method.methodName().stringValue().startsWith("<"))
                        .filter(wanted)
                        .forEach(method -> names.add(internal.substring(internal.lastIndexOf('/') + 1)
                                + '.'
                                + method.methodName().stringValue()));
            }
        }
        return names.stream().distinct().sorted().toList();
    }

    private static List<URI> classes() {
        return new ClassFileImporter()
                        .importUrl(VectorKernels.class
                                .getProtectionDomain()
                                .getCodeSource()
                                .getLocation())
                        .stream()
                        .filter(found -> found.getPackageName().equals(VectorKernels.class.getPackageName()))
                        .map(found -> found.getSource().orElseThrow().getUri())
                        .toList();
    }

    private static boolean takesOrReturnsVectors(MethodModel method) {
        return VECTOR.matcher(method.methodType().stringValue()).find();
    }

    private static boolean hasLoopOverVectors(MethodModel method) {
        return method.code().map(code -> hasLoop(code) && usesVectors(code)).orElse(false);
    }

    private static boolean hasLoop(CodeModel code) {
        Set<Label> passed = new HashSet<>();
        for (CodeElement element : code) {
            if (element instanceof LabelTarget target) {
                passed.add(target.label());
            } else if (element instanceof BranchInstruction branch && passed.contains(branch.target())) {
                return true;
            }
        }
        return false;
    }

    private static boolean usesVectors(CodeModel code) {
        for (CodeElement element : code) {
            if (element instanceof InvokeInstruction call
                    && (VECTOR.matcher(call.owner().asInternalName()).find()
                            || VECTOR.matcher(call.type().stringValue()).find())) {
                return true;
            }
        }
        return false;
    }
}
