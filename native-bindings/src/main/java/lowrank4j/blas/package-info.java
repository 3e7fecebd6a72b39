/**
 * Typed and checked calls to a bundled OpenBLAS through the foreign function interface.
 *
 * <p>{@link OpenBlas#load()} finds the library or says why it cannot; {@link Blas} and {@link Lapack}, with {@link FloatBlas} and
 * {@link FloatLapack} for single precision, hold its routines.
 *
 * <p><b>Matrices</b> are row-major: entry (i, j) of {@code a} stands {@code i * lda + j} entries after its first one, with a row
 * stride {@code lda} of at least the number of columns. They lie in an array from an offset on, or in a memory segment, on or off
 * the heap. Every shape, stride, offset and length is checked before native code sees it; a breach is an
 * {@link IllegalArgumentException} that names the argument, its value and what is allowed. An output must not overlap an input.
 *
 * <p><b>Threads.</b> All calls run on the calling thread, and may run on several at once; memory they need beside the operands is
 * kept for each thread (see {@link OpenBlas#setThreads} for the library's own threads).
 */
@NullMarked
package lowrank4j.blas;

import org.jspecify.annotations.NullMarked;
