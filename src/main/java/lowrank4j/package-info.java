/** What a user calls: sensing, completion, approximation, and their results. */
@NullMarked
package lowrank4j;

import org.jspecify.annotations.NullMarked;
