package lowrank4j.matrix;

import lowrank4j.error.InvalidArgumentException;

/**
 * Rows of random numbers that are nowhere stored: number j of row i follows from the seed, i and j alone, on every machine the same.
 * Row i is made of as many whole blocks of words as its width needs, block b being words {@code 16(B·i + b) …} of the start of
 * the seed, with B blocks a row.
 *
 * @param ensemble what the numbers are
 * @param seed any
 * @param count rows, at least 0
 * @param width numbers in a row, at least 0
 */
public record SeededRows(Ensemble ensemble, long seed, int count, int width) {
    public SeededRows {
        if (count < 0 || width < 0) {
            throw new InvalidArgumentException(
                    "rows cannot number " + count + " with width " + width + ": both must be at least 0");
        }
    }

    /** Where the words of all rows come from: a word of {@link SplitMix64}, so that neighbouring seeds start far apart. */
    public long start() {
        return SplitMix64.word(seed, 0);
    }

    /** The number of a word in {@link #start}: the first of block {@code block} of row {@code row}. */
    public long firstWord(int row, int block) {
        return Ensemble.WORDS * (blocks() * row + block);
    }

    /** Blocks in a row. */
    private long blocks() {
        int numbers = ensemble.numbersInBlock();
        return ((long) width + numbers - 1) / numbers;
    }

    /** The width up to the next multiple of {@link Ensemble#HALVES}: rows go on so far with numbers that do not belong to them. */
    public long paddedWidth() {
        return ((long) width + Ensemble.HALVES - 1) / Ensemble.HALVES * Ensemble.HALVES;
    }

    /** Number {@code index} of row {@code row}, {@code index} below {@link #paddedWidth()}. Cost: some 20 ns. */
    public float get(int row, int index) {
        if (row < 0 || row >= count || index < 0 || index >= paddedWidth()) {
            throw new InvalidArgumentException(
                    "number " + index + " of row " + row + " is outside " + count + " rows of " + width);
        }
        int numbers = ensemble.numbersInBlock();
        return ensemble.number(start(), firstWord(row, index / numbers), index % numbers);
    }
}
