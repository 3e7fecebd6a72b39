package lowrank4j.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import lowrank4j.HermitianSensing;
import lowrank4j.error.BadDataException;
import lowrank4j.io.FileKind;
import lowrank4j.io.Npy;
import lowrank4j.io.NpyHeader;
import lowrank4j.sensing.PauliStrings;

/**
 * Pauli strings and their mean values, as {@code sense --pauli} reads them.
 *
 * @param strings k letters each
 * @param observed one finite number a string
 */
record PauliFiles(PauliStrings strings, double[] observed) {
    private static final String LETTERS = "IXYZ";

    /** Recovers a state from these files. */
    static RecoverySession.Task task(Path strings, Path values, boolean traceOne, long began) {
        PauliFiles data = read(strings, values);
        return new RecoverySession.Task(
                "State tomography",
                data.description(),
                List.of(
                        new String[] {"Pauli strings", strings.toString()},
                        new String[] {"Mean values", values.toString()},
                        new String[] {"Data", data.description()}),
                new Shape(2 * data.order(), 2 * data.order()),
                true,
                (System.nanoTime() - began) * 1e-9,
                EngineOptions.LARGE,
                HermitianFiles::readFactor,
                options -> HermitianFiles.solution(
                        HermitianSensing.pauli(data.strings(), data.observed()), traceOne, options));
    }

    /**
     * Reads both files.
     *
     * @param strings m×k numbers 0 to 3 as {@code .npy}, or text with one string a line
     * @param values m numbers as {@code .npy}
     */
    static PauliFiles read(Path strings, Path values) {
        PauliStrings read = FileKind.of(strings) == FileKind.NPY ? numbers(strings) : letters(strings);
        long[] shape = Npy.readHeader(values).shape();
        if (shape.length != 1 || shape[0] != read.count()) {
            throw new BadDataException(values + ": has the shape " + Measurements.text(shape) + ", but " + strings
                    + " has " + read.count() + " Pauli strings; one value for each is expected");
        }
        return new PauliFiles(read, Measurements.observed(values));
    }

    private static PauliStrings numbers(Path file) {
        NpyHeader header = Npy.readHeader(file);
        long[] shape = header.shape();
        if (shape.length != 2 || header.type().isFloatingPoint()) {
            throw new BadDataException(file + ": has the shape " + Measurements.text(shape) + " and the type "
                    + header.type() + "; m x k integers, 0 to 3 for I, X, Y and Z, are expected");
        }
        requireQubits(file.toString(), shape[1]);
        if (shape[0] < 1) {
            throw new BadDataException(file + ": holds no Pauli strings; at least 1 is needed");
        }
        try (Arena arena = Arena.ofConfined()) {
            int[] codes = Npy.read(file, arena).toInts();
            byte[] bytes = new byte[codes.length];
            for (int c = 0; c < codes.length; c++) {
                if (codes[c] < 0 || codes[c] > 3) {
                    throw new BadDataException(file + ": element (" + c / shape[1] + ", " + c % shape[1] + ") is "
                            + codes[c] + "; 0 to 3, for I, X, Y and Z, are allowed");
                }
                bytes[c] = (byte) codes[c];
            }
            return PauliStrings.ofCodes(bytes, (int) shape[1]);
        }
    }

    private static PauliStrings letters(Path file) {
        List<String> labels = new ArrayList<>();
        try (BufferedReader lines = Files.newBufferedReader(file)) {
            int number = 0;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                String label = line.strip();
                String place = file + ": line " + number;
                if (label.isEmpty()) {
                    throw new BadDataException(place + " is blank; one Pauli string a line is expected");
                }
                requireLetters(place, label);
                requireQubits(place, label.length());
                if (!labels.isEmpty() && label.length() != labels.getFirst().length()) {
                    throw new BadDataException(place + ": '" + label + "' has " + label.length()
                            + " letters, but the first string has "
                            + labels.getFirst().length());
                }
                labels.add(label);
            }
        } catch (CharacterCodingException e) {
            throw new BadDataException(file + ": is neither .npy nor text with one Pauli string a line", e);
        } catch (IOException e) {
            throw new BadDataException(file + ": cannot be read: " + e.getMessage(), e);
        }
        if (labels.isEmpty()) {
            throw new BadDataException(file + ": holds no Pauli strings; at least 1 is needed");
        }
        return PauliStrings.of(labels);
    }

    private static void requireLetters(String place, String label) {
        for (int j = 0; j < label.length(); j++) {
            if (LETTERS.indexOf(label.charAt(j)) < 0) {
                String shown = label.length() > 40 ? label.substring(0, 40) + "…" : label;
                throw new BadDataException(place + ": '" + shown + "' holds '" + label.charAt(j)
                        + "'; only the letters I, X, Y and Z are allowed, without sign or phase");
            }
        }
    }

    private static void requireQubits(String place, long qubits) {
        if (qubits < 1 || qubits > PauliStrings.MOST_QUBITS) {
            throw new BadDataException(place + ": Pauli strings of " + qubits + " letters; from 1 to "
                    + PauliStrings.MOST_QUBITS + " are possible");
        }
    }

    /** n = 2ᵏ. */
    int order() {
        return 1 << strings.qubits();
    }

    String description() {
        return strings.count() + " Pauli strings on a state of " + strings.qubits() + " qubits, a Hermitian " + order()
                + "x" + order() + " matrix";
    }
}
