/** The contract of the kernels, for every implementation of them. */
module lowrank4j.contract {
    requires jdk.management;
    requires transitive lowrank4j;
    requires static org.jspecify;

    exports lowrank4j.kernel.contract;
}
