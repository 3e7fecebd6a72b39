/** The native tier: OpenBLAS for what is large. */
@NullMarked
package lowrank4j.kernel.blas;

import org.jspecify.annotations.NullMarked;
