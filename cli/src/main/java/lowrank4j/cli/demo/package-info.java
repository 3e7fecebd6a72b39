/** What {@code lowrank4j demo} shows: a photograph from some of its pixels, and a matrix from measurements. */
@NullMarked
package lowrank4j.cli.demo;

import org.jspecify.annotations.NullMarked;
