@NullMarked
package lowrank4j.cli.report;

import org.jspecify.annotations.NullMarked;
