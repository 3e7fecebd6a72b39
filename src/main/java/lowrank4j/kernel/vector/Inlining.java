package lowrank4j.kernel.vector;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.management.JMException;
import javax.management.ObjectName;

/**
 * What the optimising compiler is told about this package. Left to itself it decides by how often a call was taken and how large other methods
 * have become, so that the same kernel is fast in one run and a hundred times slower in the next, where a vector has become an object
 * on its way into a method. Two rules end most of this: a method that takes or returns vectors is part of its caller, and a large loop over
 * vectors is compiled for itself, for in one body with others it may outgrow what the compiler takes in.
 */
final class Inlining {
    /** Methods that take or return vectors. */
    static final List<String> PARTS = List.of(
            "InnerTiles.left",
            "Lanes.broadcast",
            "Lanes.broadcastStream",
            "Lanes.clearingFirst",
            "Lanes.exact",
            "Lanes.exactStream",
            "Lanes.firstTwo",
            "Lanes.fma",
            "Lanes.fold",
            "Lanes.streamSum",
            "Lanes.sum",
            "Seeded.mix",
            "Seeded.shifted",
            "Seeded.steps",
            "SeededGaussians.cosine",
            "SeededGaussians.floats",
            "SeededGaussians.load",
            "SeededGaussians.radius",
            "SeededGaussians.sine",
            "SeededSigns.bits",
            "SensingDoubleLanes.number",
            "SensingDoubles.load",
            "SensingFloatLanes.number",
            "SensingFloats.load",
            "SignLookups.half",
            "SignLookups.lookup",
            "SignLookups.signs",
            "SignTable.signs");

    /**
     * Methods with a loop over vectors of dense rows, of signs or of Fourier transforms, of which many meet in one caller; those before
     * and after completion's loop over records, which itself took 1.5 times as long apart at rank 16; and the strips of its Gram matrices,
     * which a new process would compile again within each of three callers. Others are left to the compiler.
     */
    static final List<String> LOOPS = List.of(
            "CompletionGrams.addSquare",
            "CompletionGrams.addStrip",
            "CompletionRecords.addSums",
            "CompletionRecords.pack",
            "Fourier.combine",
            "Fourier.divide",
            "FourierHalves.addUpper",
            "FourierHalves.combine",
            "FourierHalves.divide",
            "FourierLanes.combine",
            "FourierLanes.divide",
            "SensingDoubleLanes.addEight",
            "SensingDoubleLanes.addOne",
            "SensingDoubleLanes.eightProducts",
            "SensingDoubleLanes.product",
            "SensingDoubles.addRow",
            "SensingDoubles.addRows",
            "SensingDoubles.product",
            "SensingDoubles.products",
            "SensingFloatLanes.addEight",
            "SensingFloatLanes.addOne",
            "SensingFloatLanes.eightProducts",
            "SensingFloatLanes.product",
            "SensingFloats.addRow",
            "SensingFloats.addRows",
            "SensingFloats.product",
            "SensingFloats.products",
            "SignLookups.combine",
            "SignLookups.fourGroups",
            "SignLookups.oneGroup",
            "SignLookups.tables",
            "SignTable.combine",
            "SignTable.products");

    private static final AtomicBoolean ARRANGED = new AtomicBoolean();

    private Inlining() {}

    /** Tells the compiler, the first time; what it has compiled before stays as it is. */
    static void arrange() {
        if (ARRANGED.getAndSet(true)) {
            return;
        }
        try {
            Path file = Files.createTempFile("lowrank4j", ".json");
            try {
                Files.writeString(file, directives());
                ManagementFactory.getPlatformMBeanServer()
                        .invoke(
                                new ObjectName("com.sun.management:type=DiagnosticCommand"),
                                "compilerDirectivesAdd",
                                new Object[] {new String[] {file.toString()}},
                                new String[] {String[].class.getName()});
            } finally {
                Files.delete(file);
            }
        } catch (IOException | JMException e) {
            System.getLogger(Inlining.class.getName())
                    .log(
                            System.Logger.Level.INFO,
                            "This JVM takes no compiler directives, so the vector tier may be slower in some runs than in others.",
                            e);
        }
    }

    /** In the format of {@code jcmd Compiler.directives_add}. They are looked up for what is compiled, not for what is inlined. */
    private static String directives() {
        String folder = Inlining.class.getPackageName().replace('.', '/') + '/';
        return Stream.concat(
                        PARTS.stream().map(part -> "+" + folder + part),
                        LOOPS.stream().map(loop -> "-" + folder + loop))
                .collect(Collectors.joining("\", \"", "[{match: \"lowrank4j*.*\", c2: {inline: [\"", "\"]}}]"));
    }
}
