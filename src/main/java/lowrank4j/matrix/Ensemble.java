package lowrank4j.matrix;

import lowrank4j.error.InvalidArgumentException;

/**
 * What random numbers rows are made of: independent, of mean 0 and variance 1, each from its place in a block of 16 random words.
 * Half h of a block, 0 ≤ h &lt; 32, is the lower 32 bits of word h/2 if h is even, and else the upper ones.
 */
public sealed interface Ensemble {
    /** Words in a block. */
    int WORDS = 16;

    /** Halves of words in a block; numbers are made so many at a time. */
    int HALVES = 2 * WORDS;

    /** Numbers that one block makes, a multiple of {@link #HALVES}. */
    int numbersInBlock();

    /** Number {@code index} of the block whose first word is word {@code first} of {@code start}, as {@link SplitMix64} has it. */
    float number(long start, long first, int index);

    /** A half of that block. */
    static int half(long start, long first, int half) {
        long word = SplitMix64.word(start, first + half / 2);
        return (int) (half % 2 == 0 ? word : word >>> 32);
    }

    /** Normal numbers: k and 16 + k, k &lt; 16, are the two of {@link BoxMuller} from halves k and 16 + k. */
    record Gaussian() implements Ensemble {
        @Override
        public int numbersInBlock() {
            return HALVES;
        }

        @Override
        public float number(long start, long first, int index) {
            int k = index % WORDS;
            float radius = BoxMuller.radius(half(start, first, k));
            int angle = half(start, first, WORDS + k);
            return index < WORDS ? BoxMuller.cosine(radius, angle) : BoxMuller.sine(radius, angle);
        }
    }

    /** 1 or -1, equally likely: number 32s + h is -1 where bit s of half h is set. */
    record Signs() implements Ensemble {
        @Override
        public int numbersInBlock() {
            return 32 * HALVES;
        }

        @Override
        public float number(long start, long first, int index) {
            return ((half(start, first, index % HALVES) >>> (index / HALVES)) & 1) == 0 ? 1 : -1;
        }
    }

    /**
     * Zero, but with probability {@code density} 1/√density or its negative, equally likely (Achlioptas, "Database-friendly random
     * projections", 2003, with density 1/3): number h is not zero where the lower 31 bits of half h are below density·2³¹, and
     * negative where its topmost bit is set.
     *
     * @param density above 0 and below 1, at least 1e-6
     */
    record Sparse(double density) implements Ensemble {
        public Sparse {
            if (!(density >= 1e-6 && density < 1)) {
                throw new InvalidArgumentException("density is " + density + ", but must be at least 1e-6 and below 1");
            }
        }

        /** Below it the lower 31 bits of a half make a number that is not zero. */
        public int threshold() {
            return (int) Math.min(Math.round(density * 0x1p31), Integer.MAX_VALUE);
        }

        /** The size of what is not zero: the variance is 1 with the density as rounded to the threshold. */
        public float magnitude() {
            return (float) Math.sqrt(0x1p31 / threshold());
        }

        @Override
        public int numbersInBlock() {
            return HALVES;
        }

        @Override
        public float number(long start, long first, int index) {
            int half = Ensemble.half(start, first, index);
            if ((half & Integer.MAX_VALUE) >= threshold()) {
                return 0;
            }
            return half < 0 ? -magnitude() : magnitude();
        }
    }
}
