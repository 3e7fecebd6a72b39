/** The report on a run, made from its results and nothing else, so that the same results always give the same report. */
@NullMarked
package lowrank4j.bench.report;

import org.jspecify.annotations.NullMarked;
