package lowrank4j.sensing;

import lowrank4j.matrix.Matrix;

/** A matrix known by its products with thin matrices. */
public interface LinearMap {
    int rows();

    int columns();

    /** {@code out ← M·v}; v is columns×k, out rows×k. */
    void times(Matrix v, Matrix out);

    /** {@code out ← Mᵀ·u}; u is rows×k, out columns×k. */
    void transposedTimes(Matrix u, Matrix out);
}
