/** The command {@code lowrank4j}. */
@NullMarked
package lowrank4j.cli;

import org.jspecify.annotations.NullMarked;
