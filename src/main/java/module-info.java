/** Recovery of low-rank matrices: sensing, completion, approximation. */
module lowrank4j {
    requires static org.jspecify;
    requires jdk.incubator.vector;
    requires jdk.management;
    requires lowrank4j.blas;

    exports lowrank4j;
    exports lowrank4j.error;
    exports lowrank4j.io;
    exports lowrank4j.kernel;
    exports lowrank4j.matrix;
    exports lowrank4j.sensing;
    exports lowrank4j.solver;
}
