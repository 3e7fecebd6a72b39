package lowrank4j.kernel;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;

/** The contract of the kernels, kept by the tier under test behind its door. */
@Tag("tier")
final class TierContractTest {
    @Nested
    final class Updates extends UpdateContract {
        Updates() {
            super(TierUnderTest.kernels());
        }
    }

    @Nested
    final class Products extends ProductContract {
        Products() {
            super(TierUnderTest.kernels());
        }
    }

    @Nested
    final class Sensing extends SensingContract {
        Sensing() {
            super(TierUnderTest.kernels());
        }
    }

    @Nested
    final class Completion extends CompletionContract {
        Completion() {
            super(TierUnderTest.kernels());
        }
    }

    @Nested
    final class Cholesky extends CholeskyContract {
        Cholesky() {
            super(TierUnderTest.kernels());
        }
    }

    @Nested
    final class Decompositions extends DecompositionContract {
        Decompositions() {
            super(TierUnderTest.kernels());
        }
    }

    @Nested
    final class Calls extends CallContract {
        Calls() {
            super(TierUnderTest.kernels());
        }
    }
}
