/** Typed and checked calls to a bundled OpenBLAS through the foreign function interface. */
module lowrank4j.blas {
    requires static org.jspecify;

    exports lowrank4j.blas;
}
