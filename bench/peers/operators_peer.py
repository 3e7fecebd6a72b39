"""One gradient of each operator as NumPy does it best: the same structure, nothing formed that need not be."""
import numpy as np

try:
    from scipy import sparse
except ImportError:
    sparse = None

RANK, PAULI_RANK, BLOCK = 5, 2, 128


def factors(rng, n, dtype=np.float64):
    return [(rng.random((n, RANK)) * 2 - 1).astype(dtype) for _ in range(2)]


def dense(rng, dtype, count=2500):
    a = np.resize(rng.random(1_000_003).astype(dtype) - dtype(0.5), (count, 10_000))
    left, right = factors(rng, 100, dtype)
    y = rng.random(count).astype(dtype)

    def gradient():
        residual = a @ (left @ right.T).ravel() - y
        g = (residual @ a).reshape(100, 100)
        return g @ right, g.T @ left

    return gradient


def packed(rng, count=4950):
    a = np.resize(rng.random(1_000_003) - 0.5, (count, 5050))
    u, y = factors(rng, 100)[0], rng.random(count)
    upper = np.triu_indices(100)
    twice = np.where(upper[0] == upper[1], 1.0, 2.0)

    def gradient():
        residual = a @ ((u @ u.T)[upper] * twice) - y
        g = np.zeros((100, 100))
        g[upper] = residual @ a
        g.T[upper] = g[upper]
        return g @ u

    return gradient


def made(rng, numbers, count):
    """Rows of numbers that are made, or unpacked, a block at a time and once a gradient."""
    left, right = factors(rng, 100)
    y = rng.random(count)

    def gradient():
        x = (left @ right.T).ravel()
        g = np.zeros(10_000)
        for start in range(0, count, BLOCK):
            stop = min(count, start + BLOCK)
            a = numbers(start, stop)
            g += (a @ x.astype(a.dtype) - y[start:stop].astype(a.dtype)) @ a
        g = g.reshape(100, 100)
        return g @ right, g.T @ left

    return gradient


def signs(rng, count=10_000):
    stored = rng.integers(0, 256, (count, 1250), dtype=np.uint8)
    return made(rng, lambda start, stop: np.unpackbits(stored[start:stop], axis=1) * np.float32(2) - np.float32(1), count)


def seeded_gaussian(rng):
    return made(rng, lambda start, stop: rng.standard_normal((stop - start, 10_000), dtype=np.float32), 2500)


def random_signs(rng, rows):
    bits = np.frombuffer(rng.bytes(rows * 1250), dtype=np.uint8).reshape(rows, 1250)
    return np.unpackbits(bits, axis=1) * np.float32(2) - np.float32(1)


def seeded_signs(rng):
    return made(rng, lambda start, stop: random_signs(rng, stop - start), 2500)


def seeded_sparse(rng):
    def numbers(start, stop):
        third = rng.integers(0, 6, (stop - start, 10_000), dtype=np.uint8)
        return np.take(np.array([1, -1, 0, 0, 0, 0], dtype=np.float32), third)

    return made(rng, numbers, 2500)


def rank_one(rng, count=20_000):
    a, b, y = rng.random((count, 100)), rng.random((count, 100)), rng.random(count)
    left, right = factors(rng, 100)

    def gradient():
        of_left, of_right = a @ left, b @ right
        residual = (np.einsum("ij,ij->i", of_left, of_right) - y)[:, None]
        return a.T @ (residual * of_right), b.T @ (residual * of_left)

    return gradient


def quadratic(rng, count=20_000):
    a, y = rng.random((count, 100)), rng.random(count)
    u = factors(rng, 100)[0]

    def gradient():
        image = a @ u
        return a.T @ ((np.einsum("ij,ij->i", image, image) - y)[:, None] * image)

    return gradient


def intensities(rng, count=10_000):
    a = rng.random((count, 100)) + 1j * rng.random((count, 100))
    u, y = sum(f * unit for f, unit in zip(factors(rng, 100), (1, 1j))), rng.random(count)
    conjugate = a.conj()

    def gradient():
        image = conjugate @ u
        residual = np.einsum("ij,ij->i", image.real, image.real) + np.einsum("ij,ij->i", image.imag, image.imag)
        residual -= residual.mean() + y
        return a.T @ ((residual - residual.mean())[:, None] * image)

    return gradient


def sparse_matrices(rng, count=20_000, n=1000, each=20):
    at = rng.integers(0, n * n, count * each)
    union, place = np.unique(at, return_inverse=True)
    a = sparse.csr_matrix((rng.random(count * each), place, np.arange(count + 1) * each), shape=(count, len(union)))
    back = a.T.tocsr()
    rows, columns = np.divmod(union, n)
    start = np.searchsorted(rows, np.arange(n + 1))
    left, right = factors(rng, n)
    y = rng.random(count)

    def gradient():
        residual = a @ np.einsum("ij,ij->i", left[rows], right[columns]) - y
        g = sparse.csr_matrix((back @ residual, columns, start), shape=(n, n))
        return g @ right, g.T @ left

    return gradient


def walsh_hadamard(d):
    n, h = d.shape[1], 1
    while h < n:
        pairs = d.reshape(-1, n // (2 * h), 2, h)
        d = np.stack((pairs[:, :, 0] + pairs[:, :, 1], pairs[:, :, 0] - pairs[:, :, 1]), axis=2).reshape(-1, n)
        h *= 2
    return d


def pauli(rng, count=20_000, n=1024):
    """All diagonals at once, by one gather, and their transforms."""
    string = rng.choice(n * n, count, replace=False)
    flip, sign = np.divmod(string, n)
    phase = (1j) ** (np.array([int(k).bit_count() for k in flip & sign]) % 4)
    u = rng.random((n, PAULI_RANK)) + 1j * rng.random((n, PAULI_RANK))
    y = rng.random(count)
    across = np.arange(n)[None, :] ^ np.arange(n)[:, None]
    columns = np.broadcast_to(np.arange(n), (n, n))

    def gradient():
        diagonals = walsh_hadamard((u @ u.conj().T)[columns, across])
        residual = (phase * diagonals[flip, sign]).real - y
        back = np.zeros((n, n), dtype=complex)
        back[flip, sign] = residual * phase
        g = np.empty((n, n), dtype=complex)
        g[across, columns] = walsh_hadamard(back)
        return g @ u

    return gradient


def entries(rng, n=10_000, each=100):
    rows = np.repeat(np.arange(n), each)
    columns = (np.tile(np.arange(each) * (n // each), n) + rng.integers(0, n // each, n * each)).astype(np.int32)
    start = np.arange(n + 1) * each
    left, right = factors(rng, n)
    y = rng.random(n * each)

    def gradient():
        residual = np.einsum("ij,ij->i", left[rows], right[columns]) - y
        g = sparse.csr_matrix((residual, columns, start), shape=(n, n))
        return g @ right, g.T @ left

    return gradient


def hankel(rng, transform, inverse, unit, n=2048, length=4096):
    left, right = (np.ascontiguousarray((f + unit * rng.random(f.shape)).T) for f in factors(rng, n))
    y = rng.random(length - 1)
    weight = np.minimum(np.arange(1, length), np.arange(length - 1, 0, -1)) ** -0.5

    def gradient():
        of_left, of_right = transform(left, length), transform(right.conj(), length)
        residual = weight * inverse((of_left * of_right).sum(axis=0), length)[:-1] - y
        signal = transform(weight * residual, length)
        return inverse(signal * of_right.conj(), length)[:, :n].T, inverse(signal * of_left.conj(), length)[:, :n].conj().T

    return gradient


KINDS = {
    "DENSE": lambda rng: dense(rng, np.float64),
    "DENSE_FLOAT": lambda rng: dense(rng, np.float32),
    "PACKED": packed,
    "SIGNS": signs,
    "SEEDED_GAUSSIAN": seeded_gaussian,
    "SEEDED_SIGNS": seeded_signs,
    "SEEDED_SPARSE": seeded_sparse,
    "RANK_ONE": rank_one,
    "QUADRATIC": quadratic,
    "INTENSITIES": intensities,
    "SPARSE": sparse_matrices if sparse is not None else None,
    "PAULI": pauli,
    "ENTRIES": entries if sparse is not None else None,
    "HANKEL": lambda rng: hankel(rng, np.fft.rfft, np.fft.irfft, 0),
    "HANKEL_COMPLEX": lambda rng: hankel(rng, np.fft.fft, np.fft.ifft, 1j),
}


def operators(p, rng):
    """The gradient to measure, or None where it takes a library that is not there."""
    kind = KINDS[p["kind"]]
    return None if kind is None else kind(rng)
