package lowrank4j.cli.replicate;

import lowrank4j.solver.Initialisation;
import lowrank4j.solver.IterationListener;
import lowrank4j.solver.Method;
import lowrank4j.solver.StoppingRule;

/**
 * One recovery of a trial, with everything as the paper has it.
 *
 * @param series what it is called
 * @param method the iteration
 * @param start its first iterate
 * @param rank columns of the factors
 * @param step fixed
 * @param limit iterations allowed
 * @param target relative error at which it ends
 * @param stop another rule that ends it
 * @param watcher told of each iterate
 */
record Run(
        String series,
        Method method,
        Initialisation start,
        int rank,
        double step,
        int limit,
        double target,
        StoppingRule stop,
        IterationListener watcher) {

    /** A run to the limit. */
    static Run of(String series, Method method, Initialisation start, int rank, double step, int limit) {
        return new Run(
                series, method, start, rank, step, limit, 0, StoppingRule.iterations(limit), IterationListener.none());
    }

    Run to(double error) {
        return new Run(series, method, start, rank, step, limit, error, stop, watcher);
    }

    Run until(StoppingRule rule) {
        return new Run(series, method, start, rank, step, limit, target, rule.or(stop), watcher);
    }

    Run watchedBy(IterationListener listener) {
        return new Run(series, method, start, rank, step, limit, target, stop, listener);
    }
}
