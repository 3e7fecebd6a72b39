/** Measurement operators. */
@NullMarked
package lowrank4j.sensing;

import org.jspecify.annotations.NullMarked;
