package lowrank4j.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.List;
import java.util.stream.Stream;
import lowrank4j.kernel.contract.KernelContract;
import lowrank4j.kernel.contract.KernelContract.Extent;
import lowrank4j.matrix.Matrix;
import lowrank4j.matrix.SparsePattern;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;

/** The contract takes kernels of others, and tells which promise broken ones break. */
final class KernelContractTest {
    /** A test class such as others write, here with what makes the kernels wrong. */
    abstract static class Contract {
        private final Kernels kernels;
        private final Extent extent;
        private final String part;

        /** @param part how the names of the checks begin that are run */
        Contract(Kernels kernels, Extent extent, String part) {
            this.kernels = kernels;
            this.extent = extent;
            this.part = part;
        }

        @TestFactory
        Stream<DynamicTest> contract() {
            return KernelContract.checks(kernels, extent).stream()
                    .filter(check -> check.toString().startsWith(part))
                    .map(check -> DynamicTest.dynamicTest(check.toString(), check::run));
        }
    }

    static final class Right extends Contract {
        Right() {
            super(new ForeignKernels(), Extent.QUICK, "");
        }
    }

    static final class WrongSign extends Contract {
        WrongSign() {
            super(
                    new ForeignKernels() {
                        @Override
                        public void axpy(double alpha, Matrix x, Matrix y) {
                            super.axpy(-alpha, x, y);
                        }
                    },
                    Extent.QUICK,
                    "");
        }
    }

    static final class LastOfTheTailSkipped extends Contract {
        LastOfTheTailSkipped() {
            super(
                    new ForeignKernels() {
                        @Override
                        public double dot(Matrix x, Matrix y) {
                            int columns = x.columns() % 8 == 0 ? x.columns() : x.columns() - 1;
                            return super.dot(x.columnRange(0, columns), y.columnRange(0, columns));
                        }
                    },
                    Extent.QUICK,
                    "");
        }
    }

    static final class NanIgnored extends Contract {
        NanIgnored() {
            super(
                    new ForeignKernels() {
                        @Override
                        public void axpy(double alpha, Matrix x, Matrix y) {
                            Matrix numbers = x.copy();
                            for (int i = 0; i < x.rows(); i++) {
                                for (int j = 0; j < x.columns(); j++) {
                                    numbers.set(i, j, Double.isNaN(x.get(i, j)) ? 0 : x.get(i, j));
                                }
                            }
                            super.axpy(alpha, numbers, y);
                        }
                    },
                    Extent.QUICK,
                    "");
        }
    }

    static final class OldContentRead extends Contract {
        OldContentRead() {
            super(
                    new ForeignKernels() {
                        @Override
                        public void multiply(double alpha, Matrix a, Matrix b, double beta, Matrix c) {
                            super.scaledCopy(beta, c.copy(), c);
                            super.multiply(alpha, a, b, 1, c);
                        }
                    },
                    Extent.QUICK,
                    "");
        }
    }

    static final class WrittenBesideTheOutput extends Contract {
        WrittenBesideTheOutput() {
            super(
                    new ForeignKernels() {
                        @Override
                        public void scaledCopy(double alpha, Matrix x, Matrix y) {
                            super.scaledCopy(alpha, x, y);
                            y.data()[y.offset() + y.rows() * y.stride()] = 0;
                        }
                    },
                    Extent.QUICK,
                    "updates");
        }
    }

    static final class RowsOutsideTheRangeTouched extends Contract {
        RowsOutsideTheRangeTouched() {
            super(
                    new ForeignKernels() {
                        @Override
                        public double completionGradient(
                                SparsePattern pattern,
                                int from,
                                int to,
                                Matrix left,
                                Matrix right,
                                double[] y,
                                double[] residual,
                                Matrix gradLeft,
                                Matrix gradRight) {
                            if (from > 0 && left.columns() > 0) {
                                gradLeft.set(from - 1, 0, Math.nextUp(gradLeft.get(from - 1, 0)));
                            }
                            return super.completionGradient(
                                    pattern, from, to, left, right, y, residual, gradLeft, gradRight);
                        }
                    },
                    Extent.QUICK,
                    "");
        }
    }

    static final class OtherBitsEachTime extends Contract {
        OtherBitsEachTime() {
            super(
                    new ForeignKernels() {
                        private boolean odd;

                        @Override
                        public double dot(Matrix x, Matrix y) {
                            odd = !odd;
                            double dot = super.dot(x, y);
                            return odd ? Math.nextUp(dot) : dot;
                        }
                    },
                    Extent.QUICK,
                    "calls");
        }
    }

    static final class Garbage extends Contract {
        Garbage() {
            super(
                    new ForeignKernels() {
                        private double[] scratch = {};

                        @Override
                        public void scaledCopy(double alpha, Matrix x, Matrix y) {
                            scratch = new double[x.rows()];
                            super.scaledCopy(alpha + 0 * scratch.length, x, y);
                        }
                    },
                    Extent.FULL,
                    "calls: nothing is allocated once compiled: scaledCopy of 2x3");
        }
    }

    @Test
    void rightKernelsOfOthersPass() {
        EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(Right.class))
                .execute()
                .testEvents()
                .assertStatistics(statistics -> statistics.failed(0).aborted(0));
        assertThat(KernelContract.checks(new ForeignKernels(), Extent.FULL)).hasSizeGreaterThan(800);
    }

    @Test
    void aWrongSignIsSeen() {
        assertThat(failures(WrongSign.class))
                .anyMatch(name -> name.startsWith("updates: axpy adds a multiple"))
                .allMatch(name -> name.startsWith("updates: axpy") || name.startsWith("updates: special values"));
    }

    @Test
    void anEntryOfTheTailThatIsSkippedIsSeen() {
        assertThat(failures(LastOfTheTailSkipped.class))
                .contains("updates: dot adds the products of entries, columns 9")
                .doesNotContain("updates: dot adds the products of entries, columns 8")
                .allMatch(name -> name.startsWith("updates: dot") || name.startsWith("updates: special values"));
    }

    @Test
    void aNanThatIsIgnoredIsSeen() {
        assertThat(failures(NanIgnored.class))
                .containsExactly("updates: special values go the way of the formula: NaN");
    }

    @Test
    void oldContentThatIsReadIsSeen() {
        assertThat(failures(OldContentRead.class))
                .contains("products: multiply in every layout with every factor")
                .allMatch(name -> name.startsWith("products: multiply"))
                .noneMatch(name -> name.startsWith("products: multiplyTransposed"));
    }

    @Test
    void aWriteBesideTheOutputIsSeen() {
        assertThat(failures(WrittenBesideTheOutput.class))
                .contains("updates: scaledCopy is exact and does not read the output, columns 9")
                .allMatch(name -> name.startsWith("updates: scaledCopy") || name.startsWith("updates: special values"));
    }

    @Test
    void aWriteToTheRowsOfOthersIsSeen() {
        assertThat(failures(RowsOutsideTheRangeTouched.class))
                .isNotEmpty()
                .allMatch(name -> name.startsWith("completion: every range of rows"));
    }

    @Test
    void resultsThatDifferFromCallToCallAreSeen() {
        assertThat(failures(OtherBitsEachTime.class))
                .contains("calls: the same bits before and after compilation: dot of 2x3")
                .allMatch(name -> name.contains("dot of") || name.contains("on every thread"));
    }

    @Test
    void garbageIsSeen() {
        assertThat(failures(Garbage.class))
                .containsExactly("calls: nothing is allocated once compiled: scaledCopy of 2x3");
    }

    private static List<String> failures(Class<? extends Contract> contract) {
        return EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(contract))
                .execute()
                .testEvents()
                .failed()
                .stream()
                .map(Event::getTestDescriptor)
                .map(descriptor -> descriptor.getDisplayName())
                .toList();
    }
}
