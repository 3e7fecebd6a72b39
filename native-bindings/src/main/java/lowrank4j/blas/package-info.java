/** Typed and checked calls to a bundled OpenBLAS. */
@NullMarked
package lowrank4j.blas;

import org.jspecify.annotations.NullMarked;
