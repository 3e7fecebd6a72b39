"""The random measurement matrices of `lowrank4j sense --ensemble` in NumPy, to the bit: for whoever takes the measurements.

    from seeded_rows import rows
    a = rows("gaussian", seed=7, first=0, last=100, width=n1 * n2).reshape(100, n1, n2)   # matrices 0 ... 99
    y = np.tensordot(a.astype(float), x, 2)

With --psd a row holds the upper triangle of a symmetric matrix, row by row, and the entries on the diagonal count sqrt(2) times.
The definition is in src/main/java/lowrank4j/matrix: SeededRows, Ensemble, BoxMuller, SplitMix64.
"""

import numpy as np

GAMMA = np.uint64(0x9E3779B97F4A7C15)
HALVES = 32  # of 32 bits, in a block of 16 words


def words(seed, index):
    """Words of SplitMix64 by their numbers, an array of uint64."""
    with np.errstate(over="ignore"):
        z = np.uint64(seed % 2**64) + (index + np.uint64(1)) * GAMMA
        z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        return z ^ (z >> np.uint64(31))


def polynomial(x, coefficients):
    """Horner's rule in single precision, from the highest power down."""
    value = np.float32(coefficients[0])
    for c in coefficients[1:]:
        value = value * x + np.float32(c)
    return value


def normals(radius, angle):
    """Two float32 from two uint32 each."""
    v = (radius >> np.uint32(1)).astype(np.float32) + np.float32(0.5)
    raw = v.view(np.int32)
    exponent = (raw - np.int32(0x3F3504F3)) >> np.int32(23)
    f = (raw - (exponent << np.int32(23))).view(np.float32) - np.float32(1)
    log = polynomial(
        f,
        [0.20213781, -0.32445157, 0.3450166, -0.3980033, 0.49939817, -0.6667012, 1.0000073, -1.9999999],
    )
    r = np.sqrt((exponent.astype(np.float32) - np.float32(31)) * np.float32(-1.3862944) + log * f)
    r = np.where(angle >> np.uint32(31), -r, r)
    t = (angle << np.uint32(1)).view(np.int32).astype(np.float32) * np.float32(2.0**-31)
    s = t * t
    cosine = polynomial(s, [8.5819163e-4, -0.02081063, 0.25365075, -1.2336982, 0.99999994])
    sine = polynomial(s, [1.5167867e-4, -0.0046741576, 0.07968993, -0.6459638, 1.5707964])
    return r * cosine, r * (sine * t)


def rows(ensemble, seed, first, last, width, density=None):
    """Rows first ... last - 1 of width numbers, float32; ensemble is gaussian, signs, or sparse with its density."""
    block = 32 * HALVES if ensemble == "signs" else HALVES
    blocks = -(-width // block)
    start = int(words(seed, np.arange(1, dtype=np.uint64))[0])
    index = np.arange(16 * blocks * first, 16 * blocks * last, dtype=np.uint64)
    half = words(start, index).astype("<u8").view("<u4").reshape(last - first, blocks, HALVES)
    if ensemble == "signs":
        bits = (half[:, :, None, :] >> np.arange(32, dtype=np.uint32)[:, None]) & np.uint32(1)
        numbers = np.where(bits, np.float32(-1), np.float32(1))
    elif ensemble == "gaussian":
        numbers = np.concatenate(normals(half[:, :, :16].copy(), half[:, :, 16:].copy()), axis=2)
    elif ensemble == "sparse":
        threshold = min(int(np.floor(density * 2.0**31 + 0.5)), 2**31 - 1)
        magnitude = np.float32(np.sqrt(2.0**31 / threshold))
        value = np.where(half >> np.uint32(31), -magnitude, magnitude)
        numbers = np.where((half & np.uint32(0x7FFFFFFF)) < threshold, value, np.float32(0))
    else:
        raise ValueError(f"ensemble is {ensemble!r}, but must be gaussian, signs or sparse")
    return numbers.reshape(last - first, -1)[:, :width].astype(np.float32)
