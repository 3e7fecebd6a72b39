package lowrank4j.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import lowrank4j.io.Npy;
import lowrank4j.matrix.Factors;
import lowrank4j.matrix.Matrix;

/**
 * A sensing problem whose answer is known.
 *
 * @param truth the matrix
 * @param measurements m·n1·n2 numbers in C order
 * @param observed m numbers
 */
record Problem(Matrix truth, double[] measurements, double[] observed) {
    /** Gaussian measurements of a matrix of Gaussian factors. */
    static Problem of(int rows, int columns, int rank, int count, boolean symmetric) {
        Random random = new Random(7);
        Matrix left = gaussian(rows, rank, random);
        Matrix right = symmetric ? left : gaussian(columns, rank, random);
        Matrix truth = new Factors(left, right).toMatrix();
        double[] measurements = gaussian(count, rows * columns, random).data();
        double[] observed = new double[count];
        for (int i = 0; i < count; i++) {
            for (int k = 0; k < rows * columns; k++) {
                observed[i] += measurements[i * rows * columns + k] * truth.data()[k];
            }
        }
        return new Problem(truth, measurements, observed);
    }

    static Matrix gaussian(int rows, int columns, Random random) {
        Matrix matrix = Matrix.zeros(rows, columns);
        for (int k = 0; k < matrix.data().length; k++) {
            matrix.data()[k] = random.nextGaussian();
        }
        return matrix;
    }

    int count() {
        return observed.length;
    }

    /** Writes {@code A.npy} and {@code y.npy}. */
    void write(Path folder) {
        writeMeasurements(folder.resolve("A.npy"));
        Npy.write(folder.resolve("y.npy"), observed, count());
    }

    void writeMeasurements(Path file) {
        Npy.write(file, measurements, count(), truth.rows(), truth.columns());
    }

    /** Writes the measurements in single precision. */
    void writeFloats(Path file) {
        float[] floats = new float[measurements.length];
        for (int k = 0; k < floats.length; k++) {
            floats[k] = (float) measurements[k];
        }
        Npy.write(file, floats, count(), truth.rows(), truth.columns());
    }

    /** Writes the measurements as {@code numpy.save} writes a big-endian array in Fortran order. */
    void writeFortranBigEndian(Path file) {
        int n1 = truth.rows();
        int n2 = truth.columns();
        String header = "{'descr': '>f8', 'fortran_order': True, 'shape': (" + count() + ", " + n1 + ", " + n2 + "), }";
        String padded = header + " ".repeat(127 - 10 - header.length()) + "\n";
        ByteBuffer bytes = ByteBuffer.allocate(128 + 8 * measurements.length);
        bytes.put((byte) 0x93)
                .put("NUMPY".getBytes(StandardCharsets.US_ASCII))
                .put((byte) 1)
                .put((byte) 0);
        bytes.order(ByteOrder.LITTLE_ENDIAN).putShort((short) padded.length());
        bytes.put(padded.getBytes(StandardCharsets.US_ASCII)).order(ByteOrder.BIG_ENDIAN);
        for (int j = 0; j < n2; j++) {
            for (int i = 0; i < n1; i++) {
                for (int m = 0; m < count(); m++) {
                    bytes.putDouble(measurements[(m * n1 + i) * n2 + j]);
                }
            }
        }
        write(file, bytes.array());
    }

    static void write(Path file, byte[] bytes) {
        try {
            Files.write(file, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Relative distance, in the Frobenius norm, of the factors in a folder of results from the truth. */
    double error(Path folder) {
        return distance(FactorFiles.read(folder), truth);
    }

    static double distance(Factors found, Matrix truth) {
        double gap = 0;
        double norm = 0;
        Matrix x = found.toMatrix();
        for (int k = 0; k < x.data().length; k++) {
            gap += Math.pow(x.data()[k] - truth.data()[k], 2);
            norm += Math.pow(truth.data()[k], 2);
        }
        return Math.sqrt(gap / norm);
    }
}
