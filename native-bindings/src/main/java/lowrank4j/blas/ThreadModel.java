package lowrank4j.blas;

/** How a library runs one call on several threads. */
public enum ThreadModel {
    /** It does not. */
    SEQUENTIAL,
    /** With threads of its own. */
    PTHREADS,
    /** With the threads of OpenMP. */
    OPENMP
}
