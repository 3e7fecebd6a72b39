package lowrank4j.blas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OpenBlasTest {
    private final OpenBlas library = Library.open();

    @Test
    void tellsWhatItIs() {
        assertThat(library.source()).isEqualTo(Source.BUNDLED);
        assertThat(library.version()).matches("\\d+\\.\\d+\\.\\d+");
        assertThat(library.config()).startsWith("OpenBLAS " + library.version());
        assertThat(library.coreName()).isNotBlank();
        assertThat(library.parallel()).isEqualTo(ThreadModel.PTHREADS);
        assertThat(library.location()).exists();
        assertThat(library.toString()).contains(library.version(), library.coreName(), "bundled");
    }

    @Test
    void isLoadedOnce() {
        assertThat(OpenBlas.load()).isSameAs(OpenBlas.load());
    }

    @Test
    void startsWithOneThreadAndTakesMore() {
        assertThat(library.threads()).isEqualTo(1);
        try {
            library.setThreads(2);
            assertThat(library.threads()).isEqualTo(2);
            checkGemmOfOnes(300);
        } finally {
            library.setThreads(1);
        }
        assertThat(library.threads()).isEqualTo(1);
    }

    @Test
    void refusesFewerThanOneThread() {
        assertThatThrownBy(() -> library.setThreads(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("threads = 0: must be at least 1");
    }

    @Test
    void servesManyThreadsAtOnce() throws Exception {
        try (ExecutorService executor = Executors.newFixedThreadPool(8)) {
            var calls = executor.invokeAll(IntStream.range(0, 64)
                    .mapToObj(i -> Executors.callable(() -> checkGemmOfOnes(150 + i)))
                    .toList());
            for (var call : calls) {
                call.get();
            }
        }
    }

    private void checkGemmOfOnes(int n) {
        double[] ones = IntStream.range(0, n * n).mapToDouble(i -> 1).toArray();
        double[] c = new double[n * n];
        library.blas().gemm(Transpose.NONE, Transpose.NONE, n, n, n, 1, ones, 0, n, ones, 0, n, 0, c, 0, n);
        assertThat(c).containsOnly(n);
    }
}
