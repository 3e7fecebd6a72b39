package lowrank4j.kernel.vector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** When the vector tier opens, and what it says when it does not. */
class HardwareTest {
    @ParameterizedTest
    @CsvSource({"512,''", "256,256", "512,128", "128,''"})
    void opensOnVectorHardware(int preferred, String asked) {
        assertThat(Hardware.refusals(preferred, asked, true, true, true)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"512", "64", "1024", "300", "wide", " 128"})
    void refusesWidthsThatTheProcessorDoesNotHave(String asked) {
        List<String> refusals = Hardware.refusals(256, asked, true, true, true);
        assertThat(refusals).singleElement().asString().contains(Lanes.PROPERTY, '"' + asked + '"', "256");
    }

    @Test
    void refusesWhatWouldRunAsObjectsOrNotAtAll() {
        assertThat(Hardware.refusals(64, "", true, true, true))
                .singleElement()
                .asString()
                .contains("64");
        assertThat(Hardware.refusals(512, "", false, true, true))
                .singleElement()
                .asString()
                .contains("-Xint");
        assertThat(Hardware.refusals(512, "", true, false, true))
                .singleElement()
                .asString()
                .contains("FMA");
        assertThat(Hardware.refusals(512, "", true, true, false))
                .singleElement()
                .asString()
                .contains("--enable-native-access");
    }

    @Test
    void knowsTheVendorThatLinuxNames() throws IOException {
        Path processors = Path.of("/proc/cpuinfo");
        assumeThat(processors).isReadable();
        for (String vendor : List.of("GenuineIntel", "AuthenticAMD")) {
            assertThat(Hardware.isOf(vendor))
                    .isEqualTo(Files.readString(processors).matches("(?s).*vendor_id\\s*: " + vendor + "\\s.*"));
        }
        assertThat(Hardware.isOf("nobody")).isFalse();
    }
}
