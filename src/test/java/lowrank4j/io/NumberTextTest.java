package lowrank4j.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NumberTextTest {
    @Test
    void readsEveryNumberAsJavaDoes() {
        Random random = new Random(11);
        for (Supplier<String> form : forms(random)) {
            for (int i = 0; i < 5_000; i++) {
                String text = form.get();
                double expected = Double.parseDouble(text);
                if (Double.compare(parse(text), expected) != 0) {
                    assertThat(parse(text)).as(text).isEqualTo(expected);
                }
            }
        }
    }

    private static Iterable<Supplier<String>> forms(Random random) {
        return List.of(
                () -> Double.toString(finite(random)),
                () -> Integer.toString(random.nextInt()),
                () -> Long.toString(random.nextLong()),
                () -> random.nextInt(10000) / 100.0 + "",
                () -> String.format("%.3f", random.nextGaussian()),
                () -> String.format("%.18e", random.nextGaussian()),
                () -> random.nextInt(1000) + "e" + (random.nextInt(700) - 350),
                () -> "-0." + "0".repeat(random.nextInt(30)) + random.nextLong(1L << 53),
                () -> "+" + new BigInteger(120, random) + "." + new BigInteger(60, random) + "E+0" + random.nextInt(9),
                () -> random.nextLong(1L << 53) + "e" + (random.nextInt(60) - 30),
                () -> (1L << 53) + random.nextInt(5) + "." + random.nextInt(5));
    }

    private static double finite(Random random) {
        double value = Double.longBitsToDouble(random.nextLong());
        return Double.isFinite(value) ? value : 0;
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-0", "0.", ".5", "-.5e1", "007", "1e00000000000000000005", "0e999999999"})
    void readsUnusualForms(String text) {
        assertThat(parse(text)).isEqualTo(Double.parseDouble(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-",
                "+",
                ".",
                "e5",
                "1e",
                "1e+",
                "1e5.0",
                "--1",
                "+-1",
                "1.2.3",
                "1,5",
                "1 2",
                "NaN",
                "nan",
                "inf",
                "Infinity",
                "0x10",
                "1d",
                "1f",
                "1_000",
                "abc",
                "\u0661",
                "1e1e1",
                " 1",
                "1 "
            })
    void refusesWhatIsNoDecimalNumber(String text) {
        assertThat(parse(text)).isNaN();
    }

    @Test
    void tooLargeIsInfinite() {
        assertThat(parse("1e999")).isInfinite();
        assertThat(parse("-1e309")).isInfinite();
        assertThat(parse("1e-999")).isZero();
    }

    @Test
    void readsIntegers() {
        assertThat(integer("0")).isZero();
        assertThat(integer("-007")).isEqualTo(-7);
        assertThat(integer("+12")).isEqualTo(12);
        assertThat(integer("999999999999999999")).isEqualTo(999999999999999999L);
        for (String text : new String[] {"", "-", "1.0", "1e3", "1000000000000000000", "x", "1 "}) {
            assertThat(integer(text)).as(text).isEqualTo(NumberText.NONE);
        }
    }

    @Test
    void canonicalIntegersAreThoseThatJavaWrites() {
        for (String text : new String[] {"0", "7", "-7", "10", "123456789012345678", "-100"}) {
            assertThat(canonical(text)).as(text).isEqualTo(Long.parseLong(text));
        }
        for (String text : new String[] {"", "007", "00", "-0", "-01", "+7", "7.0", "-", "a", "1234567890123456789"}) {
            assertThat(canonical(text)).as(text).isEqualTo(NumberText.NONE);
        }
    }

    private static double parse(String text) {
        // Surrounded by digits that do not belong to it.
        byte[] bytes = ("7" + text + "7").getBytes(StandardCharsets.UTF_8);
        return NumberText.parseDouble(bytes, 1, bytes.length - 1);
    }

    private static long integer(String text) {
        byte[] bytes = MalformedNpy.latin1("7" + text + "7");
        return NumberText.parseLong(bytes, 1, bytes.length - 1);
    }

    private static long canonical(String text) {
        byte[] bytes = MalformedNpy.latin1("7" + text + "7");
        return NumberText.parseCanonicalLong(bytes, 1, bytes.length - 1);
    }
}
