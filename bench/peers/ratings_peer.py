"""Ratings in NumPy: offsets, then alternating least squares on what they leave, as one would write it, in single precision.

Takes the folder with fitted.npz and heldout.npz, the rank, the ridge (times the root-root of the cube of a row's count, as in the
library), the sweeps and the number of threads, and answers with a line of JSON. Rows of like length are solved together: gathered,
padded, multiplied and solved in batches, on a pool of threads, since NumPy lets go of its lock in each of these.
"""
import json
import os
import resource
import sys
import time
from concurrent.futures import ThreadPoolExecutor

os.environ["OPENBLAS_NUM_THREADS"] = "1"  # the products are small: BLAS's own threads only wait for each other

import numpy as np

DAMPING = 4  # of the offsets, in entries
OFFSET_SWEEPS = 5
BATCH = 1 << 17  # entries gathered at a time: what they take stays in the cache
COUNT_POWER = 0.75


def load(folder, name):
    with np.load(os.path.join(folder, name)) as file:
        return file["row"], file["col"], file["value"]


def fit_offsets(row, column, value, rows, columns):
    mean = np.float32(value.mean(dtype=np.float64))
    left = value - mean
    row_count, column_count = np.bincount(row, minlength=rows), np.bincount(column, minlength=columns)
    by_row, by_column = np.zeros(rows, np.float32), np.zeros(columns, np.float32)
    for _ in range(OFFSET_SWEEPS):
        by_row = (np.bincount(row, left - by_column[column], rows) / (row_count + DAMPING)).astype(np.float32)
        by_column = (np.bincount(column, left - by_row[row], columns) / (column_count + DAMPING)).astype(np.float32)
    left -= by_row[row]
    left -= by_column[column]
    return mean, by_row, by_column, left


class Side:
    """The entries by row, in batches of rows of like length."""

    def __init__(self, row, column, value, rows, columns, is_sorted):
        if not is_sorted:
            order = np.argsort(row, kind="stable")
            row, column, value = row[order], column[order], value[order]
        # The last entry is one of no row, for the padding: it meets a row of zeros.
        self.column = np.append(column, np.int32(columns))
        self.value = np.append(value, np.float32(0))
        count = np.bincount(row, minlength=rows)
        start = np.concatenate(([0], np.cumsum(count)))
        self.batches = []
        order = np.argsort(count, kind="stable")
        order = order[count[order] > 0]
        at = 0
        while at < len(order):
            # Of the rows that follow, as many as fit with the length of the longest, which is at most an eighth longer.
            end = np.searchsorted(count[order], max(count[order[at]] * 9 // 8, count[order[at]] + 4), "right")
            length = count[order[end - 1]]
            end = min(end, at + max(1, BATCH // length))
            chosen = order[at:end]
            length = count[chosen].max()
            entry = start[chosen, None] + np.arange(length)
            entry[entry >= start[chosen + 1, None]] = len(value)
            self.batches.append((chosen, entry.astype(np.int32), count[chosen].astype(np.float32) ** COUNT_POWER))
            at = end

    def solve(self, fixed, out, ridge, pool):
        padded = np.vstack((fixed, np.zeros((1, fixed.shape[1]), np.float32)))

        def solve_batch(batch):
            chosen, entry, weight = batch
            gathered = padded[self.column[entry]]
            system = np.matmul(gathered.transpose(0, 2, 1), gathered)
            target = np.matmul(self.value[entry][:, None, :], gathered)[:, 0]
            diagonal = np.arange(system.shape[1])
            system[:, diagonal, diagonal] += ridge * weight[:, None]
            out[chosen] = np.linalg.solve(system, target[:, :, None])[:, :, 0]

        list(pool.map(solve_batch, self.batches))


def predict(model, row, column):
    mean, by_row, by_column, left, right = model
    products = np.einsum("ij,ij->i", left[row], right[column])
    return mean + by_row[row] + by_column[column] + products


def main():
    folder, rank, ridge, sweeps, threads = sys.argv[1], *map(float, sys.argv[2:6])
    rank, sweeps, threads = int(rank), int(sweeps), int(threads)
    row, column, value = load(folder, "fitted.npz")
    test = load(folder, "heldout.npz")
    rows, columns = max(row.max(), test[0].max()) + 1, max(column.max(), test[1].max()) + 1
    start = time.perf_counter()
    with ThreadPoolExecutor(threads) as pool:
        mean, by_row, by_column, residual = fit_offsets(row, column, value, rows, columns)
        by_rows = Side(row, column, residual, rows, columns, True)
        by_columns = Side(column, row, residual, columns, rows, False)
        left = np.zeros((rows, rank), np.float32)
        right = np.random.default_rng(1).normal(scale=0.1, size=(columns, rank)).astype(np.float32)
        errors = []
        for _ in range(sweeps):
            by_rows.solve(right, left, ridge, pool)
            by_columns.solve(left, right, ridge, pool)
            if "--each" in sys.argv:
                gap = predict((mean, by_row, by_column, left, right), test[0], test[1]) - test[2]
                errors.append(float(np.sqrt(np.mean(gap * gap, dtype=np.float64))))
    seconds = time.perf_counter() - start
    gap = predict((mean, by_row, by_column, left, right), test[0], test[1]) - test[2]
    answer = {
        "error": float(np.sqrt(np.mean(gap * gap, dtype=np.float64))),
        "seconds": seconds,
        "peakBytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024,
        "version": "NumPy " + np.__version__,
    }
    if errors:
        answer["errors"] = errors
    print(json.dumps(answer))


main()
