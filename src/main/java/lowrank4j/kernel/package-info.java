/** The interface of every hot operation, the choice of the tier that runs it, and its threads. */
@NullMarked
package lowrank4j.kernel;

import org.jspecify.annotations.NullMarked;
