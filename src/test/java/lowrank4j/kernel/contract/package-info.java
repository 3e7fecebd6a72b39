/** What an implementation of the kernels owes to its callers, as checks that need no test framework. */
@NullMarked
package lowrank4j.kernel.contract;

import org.jspecify.annotations.NullMarked;
