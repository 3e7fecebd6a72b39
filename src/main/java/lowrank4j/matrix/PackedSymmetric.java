package lowrank4j.matrix;

/**
 * The upper triangle of a symmetric n×n matrix, row by row: (0,0) … (0,n-1), (1,1) … (1,n-1), …, in n(n+1)/2 numbers.
 *
 * <p>With a measurement matrix A packed as it is and X packed with its off-diagonal entries doubled, the plain inner product
 * of the two is {@code <A, X>}; and a sum of packed A's is the packed sum. So the dense kernels serve symmetric measurements at
 * half the memory.
 */
public final class PackedSymmetric {
    private PackedSymmetric() {}

    /** n(n+1)/2. */
    public static int size(int n) {
        return Math.toIntExact((long) n * (n + 1) / 2);
    }

    /** Packs the symmetric {@code x}, doubling what is off the diagonal. Reads the upper triangle only. */
    public static void packDoubled(Matrix x, double[] packed) {
        int n = x.rows();
        double[] data = x.data();
        for (int i = 0, k = 0; i < n; i++) {
            int row = x.rowOffset(i);
            packed[k++] = data[row + i];
            for (int j = i + 1; j < n; j++) {
                packed[k++] = 2 * data[row + j];
            }
        }
    }

    /** Packs any square {@code x} so that the plain inner product with a packed A is {@code <A, X>}: {@code xᵢⱼ + xⱼᵢ} off the diagonal. */
    public static void packFolded(Matrix x, double[] packed) {
        int n = x.rows();
        double[] data = x.data();
        for (int i = 0, k = 0; i < n; i++) {
            int row = x.rowOffset(i);
            packed[k++] = data[row + i];
            for (int j = i + 1; j < n; j++) {
                packed[k++] = data[row + j] + data[x.rowOffset(j) + i];
            }
        }
    }

    /** Unpacks into both triangles of {@code x}, changing no value. */
    public static void unpack(double[] packed, Matrix x) {
        int n = x.rows();
        double[] data = x.data();
        for (int i = 0, k = 0; i < n; i++) {
            int row = x.rowOffset(i);
            data[row + i] = packed[k++];
            for (int j = i + 1; j < n; j++, k++) {
                data[row + j] = packed[k];
                data[x.rowOffset(j) + i] = packed[k];
            }
        }
    }
}
