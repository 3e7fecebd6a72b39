/** What can go wrong outside the numerics: unchecked exceptions with one root, {@link lowrank4j.error.LowRankException}. */
@NullMarked
package lowrank4j.error;

import org.jspecify.annotations.NullMarked;
