package lowrank4j.cli;

import java.nio.file.Path;
import java.util.function.Function;
import lowrank4j.MatrixSensing;
import lowrank4j.kernel.Engine;
import lowrank4j.matrix.Ensemble;
import lowrank4j.sensing.MeasurementOperator;
import lowrank4j.sensing.SeededSensing;

/** Random measurement matrices that stand in no file, and what they measured. */
final class SeededMeasurements {
    private SeededMeasurements() {}

    /** Reads the values; there are as many matrices. */
    static MeasurementFile read(Path values, Shape shape, boolean symmetric, EnsembleOptions ensemble) {
        double[] observed = Measurements.observedVector(values);
        return new MeasurementFile(
                MatrixSensing.by(
                        operator(ensemble.ensemble(), ensemble.seed(), observed.length, shape, symmetric), observed),
                shape,
                observed.length + " measurements of a " + shape + " matrix, made from seed " + ensemble.seed());
    }

    /** The first {@code count} measurement matrices of an ensemble and seed. */
    static Function<Engine, MeasurementOperator> operator(
            Ensemble ensemble, long seed, int count, Shape shape, boolean symmetric) {
        return engine -> symmetric
                ? SeededSensing.symmetric(ensemble, seed, count, shape.rows(), engine)
                : SeededSensing.rectangular(ensemble, seed, count, shape.rows(), shape.columns(), engine);
    }
}
