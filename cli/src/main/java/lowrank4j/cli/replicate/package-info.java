/** Figures and claims of the papers, run anew and held against what they must show. Knows no commands. */
@NullMarked
package lowrank4j.cli.replicate;

import org.jspecify.annotations.NullMarked;
