"""Writes the .npy and .npz files of this folder with NumPy and SciPy: python3 make_fixtures.py

Element k of a numeric array, counted in C order, is k / 2 - 1 for floats, k - 3 for signed and k for unsigned
integers, and (k is odd) for truth values.
"""
import numpy as np
import scipy.sparse


def values(dtype, shape):
    k = np.arange(np.prod(shape, dtype=int))
    kind = np.dtype(dtype).kind
    flat = {"f": k / 2 - 1, "i": k - 3, "u": k, "b": k % 2 == 1}[kind]
    return flat.astype(dtype).reshape(shape)


def save(name, array, version=(1, 0)):
    with open(name + ".npy", "wb") as file:
        np.lib.format.write_array(file, array, version=version, allow_pickle=True)


for dtype in ["b1", "i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8", "f2", "f4", "f8"]:
    save(np.dtype(dtype).name, values(dtype, (3, 4)))
    save(np.dtype(dtype).name + "_big_fortran", np.asfortranarray(values(dtype, (3, 4)).astype(">" + dtype)))
save("version2", values("f8", (3, 4)), (2, 0))
save("version3", values("f8", (3, 4)), (3, 0))
save("scalar", values("f8", ()))
save("empty", values("f8", (0, 3)))
save("empty_fortran", np.zeros((3, 0), order="F"))
save("vector", values("f4", (5,)))
save("cube_fortran", np.asfortranarray(values("f4", (2, 3, 4))))
save("four_fortran_big", np.asfortranarray(values("f8", (2, 3, 4, 5)).astype(">f8")))
save("wide_fortran", np.asfortranarray(values("f4", (33, 65))))
save("column_fortran", np.asfortranarray(values("f8", (5, 1))))

save("refused_complex", np.zeros(2, "c8"))
save("complex128", np.array([[1 + 2j, 3.5j], [4, 5e-300 - 6j]], "<c16"))
save("complex128_big_fortran", np.asfortranarray(np.array([[1 + 2j, 3.5j], [4, 5e-300 - 6j]], ">c16")))
save("refused_object", np.array([None, 1], dtype=object))
save("refused_bytes", np.array([b"ab", b"c"]))
save("refused_text", np.array(["ab", "c"]))
save("refused_record", np.zeros(2, [("a", "f4"), ("b", "i4")]))
save("refused_date", np.zeros(2, "M8[s]"))
save("refused_void", np.zeros(2, "V3"))
save("refused_long_double", np.zeros(2, "f16"))

np.savez("stored.npz", a=values("f8", (3, 4)), b=values("i4", (5,)), c=np.asfortranarray(values("f4", (3, 4))))
np.savez_compressed("deflated.npz", a=values("f8", (3, 4)), b=values("i4", (5,)), c=values("f8", (33, 65)))

row, col, value = np.array([0, 2, 1, 2]), np.array([1, 0, 3, 3]), np.array([0.5, -1.0, 0.0, 4.0])
np.savez("triples.npz", row=row, col=col, value=value)
np.savez("triples_float_index.npz", rows=row.astype("f8"), cols=col.astype("u1"), rating=value, shape=np.array([4, 5]))
matrix = scipy.sparse.coo_matrix((value, (row, col)), shape=(4, 5))
for kind in ["coo", "csr", "csc", "bsr"]:
    scipy.sparse.save_npz("scipy_" + kind + ".npz", matrix.asformat(kind))
