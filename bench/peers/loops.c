/* What the two loops that no BLAS has can reach without Java: vectors of the compiler, of 64 bytes and of 32, and prefetching, which
 * Java does not have. Called by numpy_peer.py. */
#include <stddef.h>
#include <string.h>

typedef double wide __attribute__((vector_size(64), aligned(8), may_alias));
typedef double narrow __attribute__((vector_size(32), aligned(8), may_alias));

enum { HEIGHT = 6, WIDE = 8 };

static inline double sum_wide(wide v) {
    return ((v[0] + v[4]) + (v[2] + v[6])) + ((v[1] + v[5]) + (v[3] + v[7]));
}

static inline double sum_narrow(narrow v) {
    return (v[0] + v[2]) + (v[1] + v[3]);
}

/* residual = a x - y and g = a' residual for rows of d numbers, HEIGHT of them at a time: once from memory, once from the cache,
 * while the next ones are asked for. */
void sensing_gradient(const double *a, ptrdiff_t rows, ptrdiff_t d, const double *x, const double *y, double *residual, double *g) {
    memset(g, 0, sizeof(double) * d);
    ptrdiff_t end = d / WIDE * WIDE;
    for (ptrdiff_t i = 0; i + HEIGHT <= rows; i += HEIGHT) {
        const double *row = a + i * d;
        const double *next = i + 2 * HEIGHT <= rows ? row + HEIGHT * d : row;
        wide sums[HEIGHT] = {0};
        for (ptrdiff_t j = 0; j < end; j += WIDE) {
            for (int k = 0; k < HEIGHT; k++) {
                sums[k] += *(const wide *) (row + k * d + j) * *(const wide *) (x + j);
            }
        }
        for (int k = 0; k < HEIGHT; k++) {
            residual[i + k] = sum_wide(sums[k]) - y[i + k];
            for (ptrdiff_t j = end; j < d; j++) {
                residual[i + k] += row[k * d + j] * x[j];
            }
        }
        for (ptrdiff_t j = 0; j < end; j += WIDE) {
            wide sum = *(wide *) (g + j);
            for (int k = 0; k < HEIGHT; k++) {
                sum += *(const wide *) (row + k * d + j) * residual[i + k];
                __builtin_prefetch(next + k * d + j, 0, 2);
            }
            *(wide *) (g + j) = sum;
        }
        for (ptrdiff_t j = end; j < d; j++) {
            for (int k = 0; k < HEIGHT; k++) {
                g[j] += row[k * d + j] * residual[i + k];
            }
        }
    }
    for (ptrdiff_t i = rows / HEIGHT * HEIGHT; i < rows; i++) {
        residual[i] = -y[i];
        for (ptrdiff_t j = 0; j < d; j++) {
            residual[i] += a[i * d + j] * x[j];
        }
        for (ptrdiff_t j = 0; j < d; j++) {
            g[j] += a[i * d + j] * residual[i];
        }
    }
}

/* residual = (L R')_e - y_e and both factor gradients, added to what is there, for r = VECTORS vectors of TYPE. */
#define COMPLETION(NAME, TYPE, VECTORS, SUM)                                                                                       \
    static void NAME(ptrdiff_t n, const int *start, const int *column, const double *left, const double *right, const double *y,  \
                     double *residual, double *grad_left, double *grad_right) {                                                   \
        enum { LANES = sizeof(TYPE) / sizeof(double), R = VECTORS * LANES };                                                      \
        for (ptrdiff_t i = 0; i < n; i++) {                                                                                       \
            TYPE l[VECTORS], g[VECTORS];                                                                                          \
            for (int k = 0; k < VECTORS; k++) {                                                                                   \
                l[k] = *(const TYPE *) (left + i * R + k * LANES);                                                                \
                g[k] = *(const TYPE *) (grad_left + i * R + k * LANES);                                                           \
            }                                                                                                                     \
            for (int e = start[i]; e < start[i + 1]; e++) {                                                                       \
                const double *rj = right + (ptrdiff_t) column[e] * R;                                                             \
                double *gj = grad_right + (ptrdiff_t) column[e] * R;                                                              \
                TYPE products = *(const TYPE *) rj * l[0];                                                                        \
                for (int k = 1; k < VECTORS; k++) {                                                                               \
                    products += *(const TYPE *) (rj + k * LANES) * l[k];                                                          \
                }                                                                                                                 \
                double difference = SUM(products) - y[e];                                                                         \
                residual[e] = difference;                                                                                         \
                for (int k = 0; k < VECTORS; k++) {                                                                               \
                    g[k] += *(const TYPE *) (rj + k * LANES) * difference;                                                        \
                    *(TYPE *) (gj + k * LANES) += l[k] * difference;                                                              \
                }                                                                                                                 \
            }                                                                                                                     \
            for (int k = 0; k < VECTORS; k++) {                                                                                   \
                *(TYPE *) (grad_left + i * R + k * LANES) = g[k];                                                                 \
            }                                                                                                                     \
        }                                                                                                                         \
    }

COMPLETION(completion4, narrow, 1, sum_narrow)
COMPLETION(completion8, wide, 1, sum_wide)
COMPLETION(completion16, wide, 2, sum_wide)
COMPLETION(completion32, wide, 4, sum_wide)
COMPLETION(completion64, wide, 8, sum_wide)
COMPLETION(completion128, wide, 16, sum_wide)

/* Returns 0 for a rank that it does not know. */
int completion_gradient(ptrdiff_t n, int r, const int *start, const int *column, const double *left, const double *right,
                        const double *y, double *residual, double *grad_left, double *grad_right) {
    switch (r) {
        case 4: completion4(n, start, column, left, right, y, residual, grad_left, grad_right); return 1;
        case 8: completion8(n, start, column, left, right, y, residual, grad_left, grad_right); return 1;
        case 16: completion16(n, start, column, left, right, y, residual, grad_left, grad_right); return 1;
        case 32: completion32(n, start, column, left, right, y, residual, grad_left, grad_right); return 1;
        case 64: completion64(n, start, column, left, right, y, residual, grad_left, grad_right); return 1;
        case 128: completion128(n, start, column, left, right, y, residual, grad_left, grad_right); return 1;
        default: return 0;
    }
}
