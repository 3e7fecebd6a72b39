"""NumPy's times, and those of the library's own OpenBLAS called without Java, on one thread.

Takes the sizes on its standard input, and writes milliseconds of processor time a call to the file named first. The file
named second is the OpenBLAS that Java uses.
"""
import ctypes
import glob
import json
import os
import sys
import time

import numpy as np

try:
    from scipy import sparse
    import scipy
except ImportError:
    sparse = None

SAMPLES = 7
SAMPLE_SECONDS = 0.02
MOST_GATHERED = 200_000_000
ROW_MAJOR, COLUMN_MAJOR, AS_IT_IS = 101, 102, 111


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


def eigen(p, rng):
    r = int(p["r"])
    x = rng.random((r, r)) * 2 - 1
    s = x.T @ x
    yield "NUMPY", measure(lambda: np.linalg.eigh(s))
    vectors, values = np.zeros((r, r)), np.zeros(r)
    a, w = ctypes.c_void_p(vectors.ctypes.data), ctypes.c_void_p(values.ctypes.data)

    def directly():
        vectors[:] = s
        library.LAPACKE_dsyevd(COLUMN_MAJOR, ctypes.c_char(b"V"), ctypes.c_char(b"L"), r, a, r, w)

    yield "OPENBLAS_DIRECT", measure(directly)


def svd(p, rng):
    m, n = (int(extent) for extent in p["shape"].split("x"))
    x = rng.random((m, n)) * 2 - 1
    yield "NUMPY", measure(lambda: np.linalg.svd(x, full_matrices=False))
    copy, values = np.zeros((n, m)), np.zeros(n)
    u, v = np.zeros((n, m)), np.zeros((n, n))
    transposed = x.T
    pa, ps, pu, pv = (ctypes.c_void_p(of.ctypes.data) for of in (copy, values, u, v))

    def directly():
        copy[:] = transposed
        library.LAPACKE_dgesdd(COLUMN_MAJOR, ctypes.c_char(b"S"), m, n, pa, m, ps, pu, m, pv, n)

    yield "OPENBLAS_DIRECT", measure(directly)


def qr(p, rng):
    m, n = (int(extent) for extent in p["shape"].split("x"))
    x = rng.random((m, n)) * 2 - 1
    yield "NUMPY", measure(lambda: np.linalg.qr(x))
    copy, upper, tau = np.zeros((n, m)), np.zeros((n, n)), np.zeros(n)
    transposed = x.T
    pa, pt = ctypes.c_void_p(copy.ctypes.data), ctypes.c_void_p(tau.ctypes.data)

    def directly():
        copy[:] = transposed
        library.LAPACKE_dgeqrf(COLUMN_MAJOR, m, n, pa, m, pt)
        upper[:] = copy[:, :n]
        library.LAPACKE_dorgqr(COLUMN_MAJOR, m, n, n, pa, m, pt)

    yield "OPENBLAS_DIRECT", measure(directly)


def gemm(p, rng):
    m, k, n = (int(extent) for extent in p["shape"].split("x"))
    a, b, c = rng.random((m, k)), rng.random((k, n)), np.zeros((m, n))
    yield "NUMPY", measure(lambda: np.matmul(a, b, out=c))
    pa, pb, pc = (ctypes.c_void_p(x.ctypes.data) for x in (a, b, c))
    one, zero = ctypes.c_double(1), ctypes.c_double(0)
    dgemm = library.cblas_dgemm

    def directly():
        dgemm(ROW_MAJOR, AS_IT_IS, AS_IT_IS, m, n, k, one, pa, k, pb, n, zero, pc, n)

    yield "OPENBLAS_DIRECT", measure(directly)


def opened(path):
    """The library with what it needs, which stands beside it where it is bundled."""
    for pattern in ("libgcc_s.*", "libquadmath.*", "libgfortran.*"):
        for file in glob.glob(os.path.join(os.path.dirname(path), pattern)):
            ctypes.CDLL(file, mode=ctypes.RTLD_GLOBAL)
    found = ctypes.CDLL(path)
    found.openblas_set_num_threads(1)
    return found


def blas_of_numpy():
    try:
        blas = np.show_config(mode="dicts")["Build Dependencies"]["blas"]
        return blas["name"] + " " + blas["version"]
    except (TypeError, KeyError):
        return "the BLAS of the system"


library = opened(sys.argv[2])
families = {"sensing": sensing, "completion": completion, "tall": tall, "eigen": eigen, "svd": svd, "qr": qr, "gemm": gemm}
results = []
for size in json.load(sys.stdin):
    if size["family"] in families:
        for by, milliseconds in families[size["family"]](size["params"], np.random.default_rng(1)):
            print("numpy", size["family"], size["params"], by, min(milliseconds), "ms", flush=True)
            results.append({"family": size["family"], "by": by, "params": size["params"], "milliseconds": milliseconds})
facts = {
    "numpy": "NumPy " + np.__version__ + ", " + blas_of_numpy() + (", SciPy " + scipy.__version__ if sparse is not None else ""),
    "results": results,
}
with open(sys.argv[1], "w", encoding="utf-8") as out:
    json.dump(facts, out, indent=1)
    out.write("\n")
