/** The Vector API tier. */
@NullMarked
package lowrank4j.kernel.vector;

import org.jspecify.annotations.NullMarked;
