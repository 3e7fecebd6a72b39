package lowrank4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.Random;
import lowrank4j.io.IdMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Entries from Parquet files, which pyarrow has written: 800 of the entries (i + 1)(j + 1)/10 of a 40x30 matrix in two files, one with
 * integer ids, a column of times and several row groups, the other with names; and small ones that are no use.
 */
class ParquetFileTest {
    @TempDir
    private Path folder;

    private Path file(String name) throws IOException {
        Path file = folder.resolve(name);
        try (InputStream in = Objects.requireNonNull(ParquetFileTest.class.getResourceAsStream(name), name)) {
            Files.copy(in, file);
        }
        return file;
    }

    @Test
    void integersAreUsersAndFilms() throws IOException {
        Path out = folder.resolve("out");
        Command.Outcome run = Command.run("complete", file("integers-snappy.parquet"), "--rank", 1, "--out", out);
        assertThat(run.err()).isEmpty();
        assertThat(run.code()).isZero();
        assertThat(run.out()).contains("800 entries of a 40x30 matrix");
        assertThat(Command.json(out.resolve("result.json"))
                        .get("relativeResidual")
                        .asDouble())
                .isLessThan(1e-9);
    }

    @Test
    void namesBecomeMaps() throws IOException {
        Path out = folder.resolve("out");
        Command.Outcome run = Command.run("complete", file("names-zstd.parquet"), "--rank", 1, "--out", out);
        assertThat(run.code()).isZero();
        assertThat(IdMap.read(out.resolve("rows.csv"))).hasSize(40).contains("u39");
        assertThat(IdMap.read(out.resolve("columns.csv"))).hasSize(30).contains("i00");
        assertThat(Command.json(out.resolve("result.json"))
                        .get("relativeResidual")
                        .asDouble())
                .isLessThan(1e-6);
    }

    @Test
    void columnsAndIdsCanBeChosen() throws IOException {
        Path file = file("integers-snappy.parquet");
        Command.Outcome run = Command.run(
                "complete",
                file,
                "--rank",
                1,
                "--columns",
                "movieId,userId,rating",
                "--ids",
                "zero-based",
                "--shape",
                "31x40");
        assertThat(run.out()).contains("800 entries of a 31x40 matrix");
    }

    /** The column of times is one of timestamps, which no value may be. */
    @Test
    void furtherColumnsAreTimesAndWeights() throws IOException {
        Path file = file("integers-snappy.parquet");
        Path out = folder.resolve("out");
        Command.Outcome run = Command.run(
                "complete", file, "--hold-out-by", "time", "--time-column", "time", "--hold-out", 0.1, "--out", out);
        assertThat(run.err()).isEmpty();
        assertThat(run.code()).isZero();
        Path weighted = folder.resolve("weighted");
        assertThat(Command.run("complete", file, "--algorithm", "als", "--weight-column", "rating", "--out", weighted)
                        .code())
                .isZero();
        assertThat(Command.json(weighted.resolve("result.json"))
                        .get("weightColumn")
                        .stringValue())
                .isEqualTo("rating");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"userId|holds the ids of rows", "7|0 columns of that name", "trust|0 columns of that name"})
    void aColumnOfWeightsThatIsNoneIsNamed(String column, String message) throws IOException {
        Command.Outcome run = Command.run("complete", file("integers-snappy.parquet"), "--weight-column", column);
        assertThat(run.err()).contains("--weight-column is " + column, message);
        assertThat(run.code()).isEqualTo(ExitCode.BAD_DATA);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "null.parquet||record 8: the column value is null",
                "text-values.parquet||the column value has the type BYTE_ARRAY",
                "integers-snappy.parquet|--columns=userId,movieId,time|the column time has the type INT64",
                "integers-snappy.parquet|--columns=userId,film,rating|0 columns named 'film'",
                "names-zstd.parquet|--ids=one-based|record 1: the row id is 'u00', no index"
            })
    void whatIsNoUseIsNamed(String name, String option, String message) throws IOException {
        Path file = file(name);
        Path out = folder.resolve("out");
        Command.Outcome run = option == null
                ? Command.run("complete", file, "--out", out)
                : Command.run("complete", file, option, "--out", out);
        assertThat(run.err()).contains(file.toString()).contains(message).doesNotContain("\tat ");
        assertThat(run.code()).isEqualTo(ExitCode.BAD_DATA);
        assertThat(out).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"--skip-malformed=1", "--variable=x"})
    void optionsOfOtherFormatsAreRefused(String option) throws IOException {
        Command.Outcome run = Command.run("complete", file("names-zstd.parquet"), option);
        assertThat(run.code()).isEqualTo(ExitCode.USAGE);
        assertThat(run.err()).contains(option.substring(0, option.indexOf('='))).contains("Parquet");
    }

    /** Bytes changed or cut off are found, or give numbers that the file might have held; no damage ends in a stack trace. */
    @Test
    void damageIsSaidInASentence() throws IOException {
        byte[] sound = Files.readAllBytes(file("names-zstd.parquet"));
        Random random = new Random(6);
        int refused = 0;
        for (int trial = 0; trial < 60; trial++) {
            byte[] damaged =
                    trial % 2 == 0 ? Arrays.copyOf(sound, 4 + random.nextInt(sound.length - 4)) : sound.clone();
            for (int k = 0; k < 3 && trial % 2 == 1; k++) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
            }
            Path file = Files.write(folder.resolve("damaged.parquet"), damaged);
            Command.Outcome run = Command.run("complete", file, "--rank", 1, "--max-iterations", 1, "--quiet");
            assertThat(run.err()).doesNotContain("\tat ").doesNotContain("unexpected");
            assertThat(run.code())
                    .isIn(ExitCode.BAD_DATA, ExitCode.CONVERGED, ExitCode.NOT_CONVERGED, ExitCode.ENVIRONMENT);
            refused += run.code() == ExitCode.BAD_DATA ? 1 : 0;
        }
        assertThat(refused).isGreaterThanOrEqualTo(30);
    }
}
