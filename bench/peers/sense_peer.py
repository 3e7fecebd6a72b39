"""One small sensing problem in NumPy, told the rank: what a user would write instead of calling lowrank4j.

Takes A.npy (m x n1 x n2), y.npy (m numbers), a folder for left.npy and right.npy, and the rank. Scaled gradient descent from a
spectral start (Tong, Ma, Chi 2021), until the relative residual is 1e-10, where lowrank4j stops too.
"""
import os
import sys

import numpy as np

STEP = 0.5
TOLERANCE = 1e-10
MOST_ITERATIONS = 2000

matrices, observed = np.load(sys.argv[1]), np.load(sys.argv[2])
folder, rank = sys.argv[3], int(sys.argv[4])
m, n1, n2 = matrices.shape
a = matrices.reshape(m, n1 * n2)
u, s, vt = np.linalg.svd((observed @ a).reshape(n1, n2) / m)
left, right = u[:, :rank] * np.sqrt(s[:rank]), vt[:rank].T * np.sqrt(s[:rank])
for _ in range(MOST_ITERATIONS):
    residual = a @ (left @ right.T).ravel() - observed
    if np.linalg.norm(residual) <= TOLERANCE * np.linalg.norm(observed):
        break
    gradient = (residual @ a).reshape(n1, n2) * (STEP / m)
    step_left = np.linalg.solve(right.T @ right, (gradient @ right).T).T
    step_right = np.linalg.solve(left.T @ left, (gradient.T @ left).T).T
    left, right = left - step_left, right - step_right
else:
    sys.exit("the residual is still above the tolerance")
os.makedirs(folder, exist_ok=True)
np.save(os.path.join(folder, "left.npy"), left)
np.save(os.path.join(folder, "right.npy"), right)
