package lowrank4j.bench;

/** Who does the work that is measured. */
public enum Contender {
    /** The library's tier of the Vector API. */
    VECTOR,
    /** The library's tier with OpenBLAS for what is large. */
    NATIVE,
    /** The library's plain Java, which stands for what a user writes without help. */
    REFERENCE,
    /** The bundled OpenBLAS through the foreign function interface, on operands off the heap, where it is fastest. */
    OPENBLAS,
    /** The BLAS of {@code dev.ludovic.netlib} on the Vector API. */
    NETLIB,
    /** Efficient Java Matrix Library, on one thread. */
    EJML,
    /** ojAlgo, on one thread. */
    OJALGO,
    /** Reading the same numbers and no more. */
    ROOF;

    /** Whether it is part of the library. */
    public boolean isOurs() {
        return this == VECTOR || this == NATIVE || this == REFERENCE;
    }
}
