"""NumPy's times, and those of the library's own OpenBLAS called without Java, on one thread.

Takes one size a line on its standard input, answers each with a line when it is measured, and at the end writes milliseconds
of processor time a call to the file named first. The file named second is the OpenBLAS that Java uses.

What OpenBLAS does without Java is what the library's native-bindings do with it: operands by rows, the same routine on the same
columns, work space that is kept and whose length is asked for at each call. Rows are turned to columns and back by OpenBLAS too.
A call by ctypes costs about a microsecond.

What C reaches is in loops.c beside this file, where cc compiles it.
"""
import atexit
import ctypes
import glob
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time

import numpy as np

import operators_peer

try:
    from scipy import sparse
    import scipy
except ImportError:
    sparse = None

SAMPLES = 7
SAMPLE_SECONDS = 0.02
MOST_GATHERED = 200_000_000
ROW_MAJOR, COLUMN_MAJOR, AS_IT_IS, TRANSPOSED = 101, 102, 111, 112
ASK = ctypes.c_int(-1)
ONE = ctypes.c_double(1)


def measure(call):
    """Milliseconds of a call: several samples, each long enough for the clock."""
    call()
    start = time.process_time()
    call()
    once = time.process_time() - start
    calls = max(1, int(SAMPLE_SECONDS / max(once, 1e-9)))
    found = []
    for _ in range(SAMPLES):
        start = time.process_time()
        for _ in range(calls):
            call()
        found.append((time.process_time() - start) / calls * 1e3)
    return found


def sensing(p, rng):
    dtype = np.float32 if p["precision"] == "FLOAT32" else np.float64
    width = int(p["width"])
    count = int(p["millions"]) * 1_000_000 // width
    a = np.resize(rng.random(1_000_003, dtype=np.float64).astype(dtype) - dtype(0.5), (count, width))
    x = rng.random(width).astype(dtype)
    y = rng.random(count).astype(dtype)

    def products():
        r = a @ x
        r -= y
        return r @ a

    yield "NUMPY", measure(products)
    yield "NUMPY_SUM", measure(a.sum)
    if loops is not None and dtype == np.float64:
        residual, gradient = np.zeros(count), np.zeros(width)
        pointers = [pointer(of) for of in (x, y, residual, gradient)]

        def compiled():
            loops.sensing_gradient(pointer(a), ctypes.c_ssize_t(count), ctypes.c_ssize_t(width), *pointers)

        compiled()
        assert np.allclose(gradient, products())
        yield "C", measure(compiled)


def signs(p, rng):
    width = int(p["width"])
    count = int(p["millions"]) * 1_000_000 // width
    packed = rng.integers(0, 256, (count, (width + 7) // 8), dtype=np.uint8)
    x, y = rng.random(width), rng.random(count)

    def unpacked():
        gradient = np.zeros(width)
        for start in range(0, count, 256):
            a = np.unpackbits(packed[start : start + 256], axis=1, count=width) * 2.0 - 1.0
            gradient += (a @ x - y[start : start + 256]) @ a
        return gradient

    yield "NUMPY", measure(unpacked)


def completion(p, rng):
    n, r = int(p["n"]), int(p["r"])
    in_row = n // 100
    if n * in_row * r > MOST_GATHERED:
        return
    rows = np.repeat(np.arange(n), in_row)
    start = np.arange(n + 1) * in_row
    cols = (np.tile(np.arange(in_row) * 100, n) + rng.integers(0, 100, n * in_row)).astype(np.int32)
    left, right = rng.random((n, r)), rng.random((n, r))
    y = rng.random(n * in_row)

    def gathered():
        of_left, of_right = left[rows], right[cols]
        residual = np.einsum("ij,ij->i", of_left, of_right) - y
        if sparse is not None:
            z = sparse.csr_matrix((residual, cols, start), shape=(n, n))
            return z @ right, z.T @ left
        grad_left = np.add.reduceat(residual[:, None] * of_right, start[:-1])
        grad_right = np.zeros((n, r))
        np.add.at(grad_right, cols, residual[:, None] * of_left)
        return grad_left, grad_right

    yield "NUMPY", measure(gathered)
    if loops is not None:
        residual, grad_left, grad_right = np.zeros(n * in_row), np.zeros((n, r)), np.zeros((n, r))
        begin = start.astype(np.int32)
        pointers = [pointer(of) for of in (begin, cols, left, right, y, residual, grad_left, grad_right)]

        def compiled():
            return loops.completion_gradient(ctypes.c_ssize_t(n), r, *pointers)

        if compiled():
            for mine, other in zip((grad_left, grad_right), gathered()):
                assert np.allclose(mine, other)
            yield "C", measure(compiled)


def seeded(p, rng):
    """As many normal numbers as a call of ours makes, of double and of single precision."""
    if p["work"] != "NUMBERS" or p["ensemble"] != "gaussian" or p["threads"] != "1":
        return
    doubles, floats = np.empty(12 * 2048), np.empty(12 * 2048, dtype=np.float32)
    yield "NUMPY", measure(lambda: rng.standard_normal(out=doubles))
    yield "NUMPY_FLOAT32", measure(lambda: rng.standard_normal(out=floats, dtype=np.float32))


def tall(p, rng):
    n, r = int(p["n"]), int(p["r"])
    m = min(n, 200)
    shapes = {"GRAM": (n, r, 0, 0), "TIMES": (n, r, r, r), "OUTER": (n, r, m, r), "RIGHT": (n, m, m, r), "LEFT": (n, m, n, r)}
    rows, cols, rows_b, cols_b = shapes[p["product"]]
    a, b = rng.random((rows, cols)), rng.random((rows_b, cols_b))
    yield "NUMPY", measure(
        {
            "GRAM": lambda: a.T @ a,
            "TIMES": lambda: a @ b,
            "OUTER": lambda: a @ b.T,
            "RIGHT": lambda: a @ b,
            "LEFT": lambda: a.T @ b,
        }[p["product"]]
    )


def pointer(array):
    return ctypes.c_void_p(array.ctypes.data)


def transposed(rows, columns, source, target):
    """Writes the transpose of a matrix by rows."""
    library.cblas_domatcopy(ROW_MAJOR, TRANSPOSED, rows, columns, ONE, source, columns, target, rows)


class WorkSpace:
    """Memory that is kept between calls; each call asks how much of it is best."""

    def __init__(self):
        self.asked = np.zeros(1)
        self.numbers = np.zeros(1)

    def query(self):
        return pointer(self.asked), ASK

    def granted(self):
        if self.asked[0] > self.numbers.size:
            self.numbers = np.zeros(int(self.asked[0]))
        return pointer(self.numbers), int(self.asked[0])


def eigen(p, rng):
    r = int(p["r"])
    x = rng.random((r, r)) * 2 - 1
    s = x.T @ x
    yield "NUMPY", measure(lambda: np.linalg.eigh(s))
    copy, ascending, whole = np.zeros((r, r)), np.zeros(r), np.zeros(3 + 5 * r, dtype=np.int32)
    vectors, values = np.zeros((r, r)), np.zeros(r)
    a, w, iwork = pointer(copy), pointer(ascending), pointer(whole)
    job, lower, work = ctypes.c_char(b"V"), ctypes.c_char(b"L"), WorkSpace()

    def directly():
        copy[:] = s
        library.LAPACKE_dsyevd_work(COLUMN_MAJOR, job, lower, r, a, r, w, *work.query(), iwork, whole.size)
        library.LAPACKE_dsyevd_work(COLUMN_MAJOR, job, lower, r, a, r, w, *work.granted(), iwork, whole.size)
        vectors[:] = copy[::-1].T
        values[:] = ascending[::-1]

    directly()
    assert np.allclose(vectors * values @ vectors.T, s)
    yield "OPENBLAS_DIRECT", measure(directly)


def svd(p, rng):
    m, n = (int(extent) for extent in p["shape"].split("x"))
    x = rng.random((m, n)) * 2 - 1
    yield "NUMPY", measure(lambda: np.linalg.svd(x, full_matrices=False))
    columns, left, right, whole = np.zeros((n, m)), np.zeros((n, m)), np.zeros((n, n)), np.zeros(8 * n, dtype=np.int32)
    u, values, v = np.zeros((m, n)), np.zeros(n), np.zeros((n, n))
    px, pa, pl, pr, pu, ps, iwork = (pointer(of) for of in (x, columns, left, right, u, values, whole))
    job, work = ctypes.c_char(b"S"), WorkSpace()

    def directly():
        transposed(m, n, px, pa)
        library.LAPACKE_dgesdd_work(COLUMN_MAJOR, job, m, n, pa, m, ps, pl, m, pr, n, *work.query(), iwork)
        library.LAPACKE_dgesdd_work(COLUMN_MAJOR, job, m, n, pa, m, ps, pl, m, pr, n, *work.granted(), iwork)
        transposed(n, m, pl, pu)
        v[:] = right

    directly()
    assert np.allclose(u * values @ v.T, x)
    yield "OPENBLAS_DIRECT", measure(directly)


def qr(p, rng):
    m, n = (int(extent) for extent in p["shape"].split("x"))
    x = rng.random((m, n)) * 2 - 1
    yield "NUMPY", measure(lambda: np.linalg.qr(x))
    columns, tau, upper = np.zeros((n, m)), np.zeros(n), np.triu(np.ones((n, n)))
    q, r = np.zeros((m, n)), np.zeros((n, n))
    px, pa, pt, pq = (pointer(of) for of in (x, columns, tau, q))
    work, work_of_q = WorkSpace(), WorkSpace()

    def directly():
        transposed(m, n, px, pa)
        library.LAPACKE_dgeqrf_work(COLUMN_MAJOR, m, n, pa, m, pt, *work.query())
        library.LAPACKE_dgeqrf_work(COLUMN_MAJOR, m, n, pa, m, pt, *work.granted())
        np.multiply(columns[:, :n].T, upper, out=r)
        library.LAPACKE_dorgqr_work(COLUMN_MAJOR, m, n, n, pa, m, pt, *work_of_q.query())
        library.LAPACKE_dorgqr_work(COLUMN_MAJOR, m, n, n, pa, m, pt, *work_of_q.granted())
        transposed(n, m, pa, pq)

    directly()
    assert np.allclose(q @ r, x)
    yield "OPENBLAS_DIRECT", measure(directly)


def gemm(p, rng):
    m, k, n = (int(extent) for extent in p["shape"].split("x"))
    a, b, c = rng.random((m, k)), rng.random((k, n)), np.zeros((m, n))
    yield "NUMPY", measure(lambda: np.matmul(a, b, out=c))
    pa, pb, pc = (pointer(of) for of in (a, b, c))
    zero = ctypes.c_double(0)
    dgemm = library.cblas_dgemm

    def directly():
        dgemm(ROW_MAJOR, AS_IT_IS, AS_IT_IS, m, n, k, ONE, pa, k, pb, n, zero, pc, n)

    yield "OPENBLAS_DIRECT", measure(directly)


def operators(p, rng):
    gradient = operators_peer.operators(p, rng)
    if gradient is not None:
        yield "NUMPY", measure(gradient)


def opened(path):
    """The library with what it needs, which stands beside it where it is bundled."""
    for pattern in ("libgcc_s.*", "libquadmath.*", "libgfortran.*"):
        for file in glob.glob(os.path.join(os.path.dirname(path), pattern)):
            ctypes.CDLL(file, mode=ctypes.RTLD_GLOBAL)
    found = ctypes.CDLL(path)
    found.openblas_set_num_threads(1)
    return found


def compiled_loops():
    """The loops of C, or None where there is no compiler."""
    compiler = shutil.which("cc")
    if compiler is None:
        return None
    folder = tempfile.mkdtemp()
    atexit.register(shutil.rmtree, folder)
    source, target = os.path.join(os.path.dirname(os.path.abspath(__file__)), "loops.c"), os.path.join(folder, "loops.so")
    subprocess.run([compiler, "-O3", "-march=native", "-shared", "-fPIC", source, "-o", target], check=True)
    return ctypes.CDLL(target)


def blas_of_numpy():
    try:
        blas = np.show_config(mode="dicts")["Build Dependencies"]["blas"]
        return blas["name"] + " " + blas["version"]
    except (TypeError, KeyError):
        return "the BLAS of the system"


library = opened(sys.argv[2])
loops = compiled_loops()
families = {"sensing": sensing, "signs": signs, "seeded": seeded, "completion": completion, "tall": tall, "eigen": eigen, "svd": svd, "qr": qr, "gemm": gemm, "operators": operators}
results = []
for line in sys.stdin:
    size = json.loads(line)
    found = []
    if size["family"] in families:
        for by, milliseconds in families[size["family"]](size["params"], np.random.default_rng(1)):
            found.append(f"{by} {min(milliseconds):.4g} ms")
            results.append({"family": size["family"], "by": by, "params": size["params"], "milliseconds": milliseconds})
    print("numpy", size["family"], size["params"], *(found or ["has no part"]), flush=True)
facts = {
    "numpy": "NumPy " + np.__version__ + ", " + blas_of_numpy() + (", SciPy " + scipy.__version__ if sparse is not None else ""),
    "results": results,
}
with open(sys.argv[1], "w", encoding="utf-8") as out:
    json.dump(facts, out, indent=1)
    out.write("\n")
