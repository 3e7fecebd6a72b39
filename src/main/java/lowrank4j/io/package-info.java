/**
 * Files in and out: NumPy's {@code .npy} and {@code .npz}, Matrix Market, and delimited text (CSV, TSV) of triples.
 *
 * <p>Readers check everything they are told by a file before they rely on it; what is wrong is reported as a
 * {@link lowrank4j.error.BadDataException} that names the file, the place, what was found and what is allowed. Writers
 * build the file beside its target and move it there in one step, so a file is either absent, old or complete.
 */
@NullMarked
package lowrank4j.io;

import org.jspecify.annotations.NullMarked;
