/** The published methods, step by step, and the loop that runs them. */
@NullMarked
package lowrank4j.solver;

import org.jspecify.annotations.NullMarked;
