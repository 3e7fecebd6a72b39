/** Pictures and self-contained pages of what a recovery did. Reads no files and knows no commands. */
@NullMarked
package lowrank4j.cli.report;

import org.jspecify.annotations.NullMarked;
