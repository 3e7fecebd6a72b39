package lowrank4j.bench;

import java.util.SplittableRandom;
import lowrank4j.matrix.Matrix;
import org.openjdk.jmh.annotations.Param;

/** Products of tall, thin matrices: where a solver spends its time beside the gradient. */
@SuppressWarnings("NullAway.Init") // JMH sets the parameters
public class TallBenchmark extends FamilyBenchmark {
    @Param({"VECTOR", "OPENBLAS", "EJML"})
    private Contender by;

    @Param
    private TallProduct product;

    @Param({"2", "4", "8", "16", "32", "64"})
    private int r;

    @Param({"100", "1000", "10000", "100000"})
    private int n;

    @Override
    Call prepared() {
        SplittableRandom random = Numbers.random();
        int[] shape = product.shape(n, r);
        Matrix a = Numbers.matrix(random, shape[0], shape[1]);
        Matrix b = Numbers.matrix(random, shape[2], shape[3]);
        Product expected = Product.ours(Machinery.kernels(Contender.REFERENCE), product, a, b);
        expected.call().run();
        Product measured = switch (by) {
            case VECTOR, NATIVE, REFERENCE -> Product.ours(Machinery.kernels(by), product, a, b);
            case OPENBLAS -> Product.ofOpenBlas(Machinery.openBlas(1).blas(), arena, product, a, b);
            case EJML -> Product.ofEjml(product, a, b);
            default -> throw absent(by);
        };
        measured.call().run();
        Agreement.require(measured.result().get(), expected.result().get());
        return measured.call();
    }
}
