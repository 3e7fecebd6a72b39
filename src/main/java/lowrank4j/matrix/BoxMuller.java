package lowrank4j.matrix;

/**
 * Two independent standard normal numbers from two random words of 32 bits: {@code r·cos θ} and {@code r·sin θ} with
 * {@code r = √(-2 ln u)}, u and θ uniform (Box and Muller, Annals of Mathematical Statistics 29, 1958).
 *
 * <p>The numbers are defined by the operations below, single-precision additions and products without fusing, one square root
 * and conversions that round to nearest: all exact to the bit in IEEE 754, so every machine makes the same ones. Logarithm, sine
 * and cosine are minimax polynomials: a number differs from the true transform of u and θ by at most 1e-6 times r, u having 31
 * bits, rounded to 24 significant ones. The largest possible is √(64 ln 2) = 6.66, which a normal number exceeds once in 4·10¹⁰
 * draws.
 */
public final class BoxMuller {
    /** √½ as bits of a float: mantissas are taken from [√½, √2). */
    public static final int ROOT_HALF = 0x3f3504f3;

    /** {@code -2 ln(1 + f) ≈ f·Σ LOGₖ fᵏ} on [√½ - 1, √2 - 1), relative error 1.7e-7. */
    public static final float LOG_0 = -1.9999999f;

    public static final float LOG_1 = 1.0000073f;
    public static final float LOG_2 = -0.6667012f;
    public static final float LOG_3 = 0.49939817f;
    public static final float LOG_4 = -0.3980033f;
    public static final float LOG_5 = 0.3450166f;
    public static final float LOG_6 = -0.32445157f;
    public static final float LOG_7 = 0.20213781f;

    /** -2 ln 2. */
    public static final float LOG_OF_TWO = -1.3862944f;

    /** {@code cos(πt/2) ≈ Σ COSₖ t²ᵏ} on [-1, 1], error 4.7e-8. */
    public static final float COS_0 = 0.99999994f;

    public static final float COS_1 = -1.2336982f;
    public static final float COS_2 = 0.25365075f;
    public static final float COS_3 = -0.02081063f;
    public static final float COS_4 = 8.5819163E-4f;

    /** {@code sin(πt/2) ≈ t·Σ SINₖ t²ᵏ} on [-1, 1], error 6.7e-9. */
    public static final float SIN_0 = 1.5707964f;

    public static final float SIN_1 = -0.6459638f;
    public static final float SIN_2 = 0.07968993f;
    public static final float SIN_3 = -0.0046741576f;
    public static final float SIN_4 = 1.5167867E-4f;

    private BoxMuller() {}

    /** r, from the upper 31 bits: u = (them + ½)·2⁻³¹. */
    public static float radius(int bits) {
        float v = (bits >>> 1) + 0.5f;
        int exponent = (Float.floatToRawIntBits(v) - ROOT_HALF) >> 23;
        float f = Float.intBitsToFloat(Float.floatToRawIntBits(v) - (exponent << 23)) - 1;
        float sum = LOG_7 * f + LOG_6;
        sum = sum * f + LOG_5;
        sum = sum * f + LOG_4;
        sum = sum * f + LOG_3;
        sum = sum * f + LOG_2;
        sum = sum * f + LOG_1;
        sum = sum * f + LOG_0;
        // The root of a float taken in double precision and rounded is the root rounded once.
        return (float) Math.sqrt((exponent - 31f) * LOG_OF_TWO + sum * f);
    }

    /** r·cos θ; the topmost bit adds half a turn to πt/2, with t in [-1, 1] from the others. */
    public static float cosine(float radius, int bits) {
        float t = turn(bits);
        float s = t * t;
        float sum = COS_4 * s + COS_3;
        sum = sum * s + COS_2;
        sum = sum * s + COS_1;
        sum = sum * s + COS_0;
        return signed(radius, bits) * sum;
    }

    /** r·sin θ, as {@link #cosine}. */
    public static float sine(float radius, int bits) {
        float t = turn(bits);
        float s = t * t;
        float sum = SIN_4 * s + SIN_3;
        sum = sum * s + SIN_2;
        sum = sum * s + SIN_1;
        sum = sum * s + SIN_0;
        return signed(radius, bits) * (sum * t);
    }

    private static float turn(int bits) {
        return (bits << 1) * 0x1p-31f;
    }

    private static float signed(float radius, int bits) {
        return bits < 0 ? -radius : radius;
    }
}
