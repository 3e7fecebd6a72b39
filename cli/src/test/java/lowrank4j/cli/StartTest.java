package lowrank4j.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import lowrank4j.io.Npz;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Runs that go on from others: {@code --checkpoint}, {@code --resume}, {@code --warm-start}. */
class StartTest {
    private static final Problem PROBLEM = Problem.of(12, 9, 2, 300, false);

    @TempDir
    private Path folder;

    private Path matrices;
    private Path values;
    private Path checkpoint;
    private Path out;

    @BeforeEach
    void write() {
        PROBLEM.write(folder);
        matrices = folder.resolve("A.npy");
        values = folder.resolve("y.npy");
        checkpoint = folder.resolve("kept.npz");
        out = folder.resolve("out");
    }

    private Command.Outcome interrupted() {
        Command.Outcome outcome = Command.run(
                "sense",
                matrices,
                values,
                "--rank",
                2,
                "--algorithm",
                "scaled-gd",
                "--seed",
                4,
                "--max-iterations",
                6,
                "--checkpoint",
                checkpoint,
                "--out",
                out);
        assertThat(outcome.code()).as(outcome.err()).isEqualTo(3);
        return outcome;
    }

    private JsonNode result() {
        return Command.json(out.resolve("result.json"));
    }

    @Test
    void aCheckpointHoldsTheFactorsAtTheEnd() {
        interrupted();
        assertThat(Npz.names(checkpoint)).containsExactly("left", "right", "iteration", "seed", "holdout");
        Checkpoint.Kept kept = Checkpoint.read(checkpoint);
        assertThat(kept.iteration()).isEqualTo(6);
        assertThat(kept.seed()).isEqualTo(4);
        assertThat(kept.factors().left().toArray())
                .isEqualTo(FactorFiles.read(out).left().toArray());
    }

    @Test
    void aRunGoesOnFromItsCheckpoint() {
        interrupted();
        double reached = result().get("relativeResidual").asDouble();
        Command.Outcome outcome = Command.run(
                "sense",
                matrices,
                values,
                "--rank",
                2,
                "--algorithm",
                "scaled-gd",
                "--checkpoint",
                checkpoint,
                "--resume",
                "--out",
                out);
        assertThat(outcome.code()).as(outcome.err()).isZero();
        assertThat(PROBLEM.error(out)).isLessThan(1e-8);
        assertThat(result().get("iterationsBefore").asInt()).isEqualTo(6);
        assertThat(result().get("seed").asLong()).isEqualTo(4);
        Path trace = out.resolve("trace.csv");
        assertThat(firstResidual(trace)).isCloseTo(reached, within(1e-12));
        assertThat(Checkpoint.read(checkpoint).iteration())
                .isEqualTo(6 + result().get("iterations").asInt());
    }

    private static double firstResidual(Path trace) {
        try {
            return Double.parseDouble(Files.readAllLines(trace).get(1).split(",", -1)[3]);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aCheckpointThatIsMissingOrDoesNotFitIsRefused() {
        Command.Outcome missing =
                Command.run("sense", matrices, values, "--checkpoint", checkpoint, "--resume", "--out", out);
        assertThat(missing.code()).isEqualTo(4);
        assertThat(missing.err()).contains("no checkpoint " + checkpoint);
        interrupted();
        Problem other = Problem.of(9, 9, 2, 200, true);
        other.write(folder);
        Command.Outcome shape = Command.run("sense", matrices, values, "--checkpoint", checkpoint, "--resume");
        assertThat(shape.code()).isEqualTo(4);
        assertThat(shape.err()).contains("12x9", "9x9");
        Command.Outcome rank =
                Command.run("sense", matrices, values, "--rank", 3, "--checkpoint", checkpoint, "--resume");
        assertThat(rank.code()).isEqualTo(4);
    }

    @Test
    void anotherRankThanThatOfTheStartIsRefused() {
        interrupted();
        Command.Outcome named =
                Command.run("sense", matrices, values, "--rank", 3, "--algorithm", "scaled-gd", "--warm-start", out);
        assertThat(named.code()).isEqualTo(4);
        assertThat(named.err()).contains("rank 2", "--rank is 3", "equal");
        Command.Outcome less = Command.run("sense", matrices, values, "--rank", 1, "--warm-start", out);
        assertThat(less.code()).isEqualTo(4);
    }

    @Test
    void whatWasHeldOutStaysHeldOut() {
        Command.run(
                "sense",
                matrices,
                values,
                "--rank",
                2,
                "--hold-out",
                "0.2",
                "--max-iterations",
                3,
                "--checkpoint",
                checkpoint);
        Object[] resume = {"sense", matrices, values, "--rank", 2, "--checkpoint", checkpoint, "--resume"};
        assertThat(Command.run(resume).err()).contains("--hold-out is 0.0", "written with 0.2");
        Object[] otherSeed = Arrays.copyOf(resume, resume.length + 4);
        System.arraycopy(new Object[] {"--hold-out", "0.2", "--seed", 9}, 0, otherSeed, resume.length, 4);
        Command.Outcome seed = Command.run(otherSeed);
        assertThat(seed.code()).isEqualTo(2);
        assertThat(seed.err()).contains("--seed is 9");
    }

    @Test
    void anEarlierResultIsAStart() {
        Command.run("sense", matrices, values, "--out", out);
        Path again = folder.resolve("again");
        Command.Outcome outcome = Command.run("sense", matrices, values, "--warm-start", out, "--out", again);
        assertThat(outcome.code()).as(outcome.err()).isZero();
        assertThat(Command.json(again.resolve("result.json")).get("iterations").asInt())
                .isLessThan(2);
    }

    @Test
    void aRectangularResultIsNoStartForASymmetricProblem() {
        Problem square = Problem.of(9, 9, 2, 200, false);
        square.write(folder);
        Command.run("sense", matrices, values, "--out", out);
        Command.Outcome outcome = Command.run("sense", matrices, values, "--psd", "--warm-start", out);
        assertThat(outcome.code()).isEqualTo(4);
        assertThat(outcome.err()).contains("left and right factors differ");
    }

    @Test
    void aCheckpointThatCannotBeWrittenIsToldFirst() {
        Command.Outcome outcome = Command.run(
                "sense", folder.resolve("missing.npy"), values, "--checkpoint", folder.resolve("no/kept.npz"));
        assertThat(outcome.code()).isEqualTo(4);
        assertThat(outcome.err()).contains("--checkpoint", "folder does not exist");
    }
}
