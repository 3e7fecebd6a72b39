package lowrank4j.blas;

/** Where a library came from, in the order in which they are tried. */
public enum Source {
    /** The file that the property {@link OpenBlas#PATH_PROPERTY} names. */
    PATH,
    /** The one in this module. */
    BUNDLED,
    /** The one that the operating system has installed. */
    SYSTEM
}
