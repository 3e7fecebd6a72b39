package lowrank4j.bench;

/** What one measured call does. */
@FunctionalInterface
interface Call {
    /** Any number that depends on the result, so that the work is not optimised away. */
    double run();
}
