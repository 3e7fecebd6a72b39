package lowrank4j.cli;

import java.lang.foreign.Arena;
import java.nio.file.Path;
import lowrank4j.MatrixSensing;
import lowrank4j.io.FileKind;

/**
 * Measurements of any kind and what they measured, as {@code sense} reads them: checked, and ready to be solved.
 *
 * @param sensing what is to be solved
 * @param shape of the unknown
 * @param description a word on what was read, for reports
 * @param numbers that one gradient reads
 */
record MeasurementFile(MatrixSensing sensing, Shape shape, String description, long numbers) {
    /** Measurements whose matrices are not stored. */
    MeasurementFile(MatrixSensing sensing, Shape shape, String description) {
        this(sensing, shape, description, EngineOptions.LARGE);
    }

    /**
     * Reads both files; an archive says by the names of its arrays what the measurements are, and anything else must be an array of matrices.
     *
     * @param symmetric whether the unknown is symmetric and positive semidefinite
     * @param arena what mapped measurements belong to
     */
    static MeasurementFile read(Path measurements, Path values, boolean symmetric, int threads, Arena arena) {
        return FileKind.of(measurements) == FileKind.NPZ
                ? MeasurementArchive.read(measurements, values, symmetric)
                : matrices(Measurements.read(measurements, values, symmetric, threads, arena), symmetric);
    }

    private static MeasurementFile matrices(Measurements data, boolean symmetric) {
        Shape shape = data.shape();
        MatrixSensing sensing = symmetric
                ? MatrixSensing.symmetric(data.rows(), shape.rows(), data.observed())
                : MatrixSensing.rectangular(data.rows(), shape.rows(), shape.columns(), data.observed());
        return new MeasurementFile(
                sensing,
                shape,
                data.description(),
                (long) data.rows().count() * data.rows().width());
    }
}
