/** Measurements of the library against the machine and its peers. */
@NullMarked
package lowrank4j.bench;

import org.jspecify.annotations.NullMarked;
