package lowrank4j.matrix;

/**
 * Random words by their number, without a state: word k of a seed is what the generator SplitMix64 would return after k others
 * (Steele, Lea and Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014), which is
 * {@code new java.util.SplittableRandom(seed)}. No two of the first 2⁶⁴ words are equal.
 */
public final class SplitMix64 {
    /** What the state grows by from word to word: 2⁶⁴ over the golden ratio, odd. */
    public static final long GAMMA = 0x9e3779b97f4a7c15L;

    /** The two multipliers of {@link #mix}, Stafford's variant 13. */
    public static final long FIRST = 0xbf58476d1ce4e5b9L;

    public static final long SECOND = 0x94d049bb133111ebL;

    private SplitMix64() {}

    /** Word {@code index} of {@code seed}. */
    public static long word(long seed, long index) {
        return mix(seed + (index + 1) * GAMMA);
    }

    /** A bijection after which every bit of the result depends on every bit of {@code state}. */
    public static long mix(long state) {
        long z = (state ^ state >>> 30) * FIRST;
        z = (z ^ z >>> 27) * SECOND;
        return z ^ z >>> 31;
    }
}
