/** Storage: row-major matrices, factors, observed patterns, off-heap rows. */
@NullMarked
package lowrank4j.matrix;

import org.jspecify.annotations.NullMarked;
