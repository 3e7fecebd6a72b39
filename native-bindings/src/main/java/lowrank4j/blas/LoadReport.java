package lowrank4j.blas;

import java.util.List;

/** What came of looking for OpenBLAS. */
public sealed interface LoadReport {
    /** What was tried before and why it was not taken, a sentence each, in the order of trying. */
    List<String> refusals();

    /** A library that passed its self-test. */
    record Loaded(OpenBlas library, List<String> refusals) implements LoadReport {
        public Loaded {
            refusals = List.copyOf(refusals);
        }
    }

    /** None; the refusals say why. */
    record Unavailable(List<String> refusals) implements LoadReport {
        public Unavailable {
            refusals = List.copyOf(refusals);
        }
    }
}
