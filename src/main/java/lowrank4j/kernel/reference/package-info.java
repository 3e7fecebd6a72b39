/** Plain Java that reads like the formulas: the oracle of the other tiers. */
@NullMarked
package lowrank4j.kernel.reference;

import org.jspecify.annotations.NullMarked;
