package lowrank4j.sensing;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import lowrank4j.error.InvalidArgumentException;

/**
 * Tensor products of the Pauli matrices I, X, Y, Z on k qubits, which act on vectors of n = 2ᵏ numbers; each is held as two bit masks.
 *
 * <p>Letters are in the order of the tensor product, {@code XYZ = X⊗Y⊗Z}, which is how Qiskit writes labels: the first letter belongs to the
 * most significant bit of an index, the last to bit 0.
 */
public final class PauliStrings {
    /** Qubits at the most: the factors' 2·2ᵏ rows and 4ᵏ strings must be counted by an int. */
    public static final int MOST_QUBITS = 15;

    private static final String LETTERS = "IXYZ";

    private final int qubits;
    private final int[] flips;
    private final int[] signs;

    private PauliStrings(int qubits, int[] flips, int[] signs) {
        this.qubits = qubits;
        this.flips = flips;
        this.signs = signs;
    }

    /**
     * By their letters.
     *
     * @param labels at least one, all of one length from 1 to {@value #MOST_QUBITS}, of the letters I, X, Y and Z
     */
    public static PauliStrings of(List<String> labels) {
        if (labels.isEmpty()) {
            throw new InvalidArgumentException("there are no Pauli strings: at least 1 is needed");
        }
        int qubits = requireQubits(labels.getFirst().length());
        int[] flips = new int[labels.size()];
        int[] signs = new int[labels.size()];
        for (int i = 0; i < flips.length; i++) {
            String label = labels.get(i);
            if (label.length() != qubits) {
                throw new InvalidArgumentException("Pauli string " + i + " is '" + label + "', of " + label.length()
                        + " letters, but the first has " + qubits + ": all must have one length");
            }
            for (int j = 0; j < qubits; j++) {
                int code = LETTERS.indexOf(label.charAt(j));
                if (code < 0) {
                    throw new InvalidArgumentException("Pauli string " + i + " is '" + label + "', but '"
                            + label.charAt(j) + "' is none of the letters I, X, Y and Z");
                }
                append(code, i, flips, signs);
            }
        }
        return new PauliStrings(qubits, flips, signs);
    }

    /**
     * By numbers, 0 for I, 1 for X, 2 for Y, 3 for Z.
     *
     * @param codes one string after the other, each of so many codes as there are qubits
     * @param qubits from 1 to {@value #MOST_QUBITS}
     */
    public static PauliStrings ofCodes(byte[] codes, int qubits) {
        requireQubits(qubits);
        if (codes.length == 0 || codes.length % qubits != 0) {
            throw new InvalidArgumentException("there are " + codes.length
                    + " codes, but their count must be a multiple of the " + qubits + " qubits, and above 0");
        }
        int[] flips = new int[codes.length / qubits];
        int[] signs = new int[flips.length];
        for (int c = 0; c < codes.length; c++) {
            if (codes[c] < 0 || codes[c] > 3) {
                throw new InvalidArgumentException("Pauli string " + c / qubits + " has the code " + codes[c]
                        + " at position " + c % qubits + ", but only 0 to 3, for I, X, Y and Z, are allowed");
            }
            append(codes[c], c / qubits, flips, signs);
        }
        return new PauliStrings(qubits, flips, signs);
    }

    /**
     * Different strings chosen at random, each as likely, in ascending order.
     *
     * @param qubits from 1 to {@value #MOST_QUBITS}
     * @param count from 1 to 4ᵏ
     */
    public static PauliStrings random(int qubits, int count, Random random) {
        long all = 1L << (2 * requireQubits(qubits));
        if (count < 1 || count > all) {
            throw new InvalidArgumentException(
                    "count is " + count + ", but there are from 1 to " + all + " strings of " + qubits + " qubits");
        }
        int[] flips = new int[count];
        int[] signs = new int[count];
        int chosen = 0;
        // Selection sampling (Knuth 3.4.2 S).
        for (int candidate = 0; chosen < count; candidate++) {
            if (random.nextInt((int) (all - candidate)) < count - chosen) {
                flips[chosen] = candidate >> qubits;
                signs[chosen] = candidate & ((1 << qubits) - 1);
                chosen++;
            }
        }
        return new PauliStrings(qubits, flips, signs);
    }

    private static int requireQubits(int qubits) {
        if (qubits < 1 || qubits > MOST_QUBITS) {
            throw new InvalidArgumentException(
                    "a Pauli string has " + qubits + " letters, but must have from 1 to " + MOST_QUBITS);
        }
        return qubits;
    }

    private static void append(int code, int i, int[] flips, int[] signs) {
        flips[i] = flips[i] << 1 | (code == 1 || code == 2 ? 1 : 0);
        signs[i] = signs[i] << 1 | (code >= 2 ? 1 : 0);
    }

    /** k. */
    public int qubits() {
        return qubits;
    }

    /** How many strings. */
    public int count() {
        return flips.length;
    }

    /** The bits that string i flips, x: those of its X and Y. With z of {@link #sign}, {@code P|b> = i^|x∧z| (-1)^|z∧b| |b⊕x>}. */
    public int flip(int i) {
        return flips[i];
    }

    /** The bits whose ones change the sign, z: those of the Y and Z of string i. */
    public int sign(int i) {
        return signs[i];
    }

    /** The letters of string i. */
    public String label(int i) {
        StringBuilder label = new StringBuilder();
        for (int bit = qubits - 1; bit >= 0; bit--) {
            int x = flips[i] >> bit & 1;
            int z = signs[i] >> bit & 1;
            label.append(LETTERS.charAt(z == 1 ? 3 - x : x));
        }
        return label.toString();
    }

    /** How many of the strings are different. */
    public int distinct() {
        return (int)
                IntStream.range(0, count()).mapToLong(this::bits).distinct().count();
    }

    /**
     * Whether any two of the strings commute: they are diagonal in one basis then, and see probabilities alone. Cost: O(mk), since
     * those of a basis of them over the field of two elements tell.
     */
    public boolean commute() {
        List<Long> basis = new ArrayList<>();
        for (int i = 0; i < count(); i++) {
            long rest = bits(i);
            for (long one : basis) {
                rest = Math.min(rest, rest ^ one);
            }
            if (rest != 0) {
                for (long one : basis) {
                    if (Long.bitCount(rest & Long.rotateRight(one, Integer.SIZE)) % 2 != 0) {
                        return false;
                    }
                }
                basis.add(rest);
            }
        }
        return true;
    }

    /** What it flips, and where it has a sign. */
    private long bits(int i) {
        return (long) flip(i) << Integer.SIZE | sign(i);
    }
}
