package lowrank4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Command lines that cannot be carried out: exit code 2, and a reason; no option is silently ignored. */
class UsageTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "sense A y --rnk 3                               | Unknown option",
                "sense A                                         | y.npy",
                "sense A y extra                                 | extra",
                "sense A y --rank three                          | auto or a whole number",
                "sense A y --algorithm newton                    | choose recommended",
                "sense A y --init best                           | one of spectral, small-random, gaussian",
                "sense A y --step 0                              | above 0",
                "sense A y --step NaN                            | above 0",
                "sense A y --damping -1                          | at least 0",
                "sense A y --penalty 0                           | above 0",
                "sense A y --max-iterations -1                   | at least 0",
                "sense A y --tolerance tight                     | at least 0",
                "sense A y --time-limit soon                     | 30s",
                "sense A y --hold-out 1                          | below 1",
                "sense A y --seed x                              | --seed",
                "sense A y --threads 0                           | at least 1",
                "sense A y --tier gpu                            | native, vector, reference",
                "sense A y --json --quiet                        | exclude each other",
                "complete e.csv --duplicates first               | refuse, last, mean",
                "complete e.csv --skip-malformed some            | at least 0",
                "complete e.csv --columns a,b                    | three different names",
                "complete e.csv --shape 10                       | 1000x500",
                "approximate X.npy                               | --rank R or --tolerance E",
                "compress X.npy                                  | --rank R or --bits-per-entry T",
                "compress X.npy --rank 2 --bits-per-entry 1      | not both",
                "compress X.npy --rank 2 --bits 9                | from 1 to 8",
                "approximate X.npy --rank 2 --tolerance 0.1      | not both",
                "approximate X.npy --rank auto                   | whole number",
                "approximate X.npy --tolerance 1                 | below 1",
                "predict m p.csv --json --quiet                  | exclude each other",
                "predict m p.csv --quiet                         | --out",
                "explode                                         | explode",
            })
    void isRefusedWithTheReason(String line, String reason) {
        Command.Outcome outcome = Command.run((Object[]) line.split(" +"));
        assertThat(outcome.code()).as(outcome.err()).isEqualTo(2);
        assertThat(outcome.err()).contains(reason).contains("--help").doesNotContain("\tat ");
        assertThat(outcome.out()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sense A y",
                "complete e.csv",
                "approximate X.npy --rank 2",
                "compress X.npy --rank 2",
                "spectrum x.npy",
                "measure m --signs --count 3",
                "predict m p.csv",
                "update m e.csv",
                "demo",
                "replicate all --list",
            })
    void anEmptyOutIsNoFolder(String line) {
        List<Object> arguments = new ArrayList<>(List.of((Object[]) line.split(" +")));
        arguments.addAll(List.of("--out", ""));
        Command.Outcome outcome = Command.run(arguments.toArray());
        assertThat(outcome.code()).as(outcome.err()).isEqualTo(2);
        assertThat(outcome.err()).contains("--out", "'' is not a path");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "sense A y --psd --algorithm als                        | does not apply with --psd",
                "sense A y --algorithm gauss-newton                     | needs --rank R",
                "sense A y --algorithm apgd --damping 1                 | apgd has none",
                "sense A y --psd --algorithm alternating-gd            | does not apply with --psd: it alternates",
                "sense A y --psd --algorithm nesterov                  | does not apply with --psd",
                "sense A y --init-scale 2                               | --init-scale is for --init gaussian",
                "sense A y --init spectral --init-scale 2               | spectral has none",
                "complete e.csv --algorithm als --init gaussian --init-scale 2 | --init does not apply",
                "sense A y --init warm                                  | --warm-start DIR",
                "sense A y --resume                                     | --checkpoint FILE",
                "sense A y --resume --checkpoint c --warm-start d       | exclude each other",
                "sense A y --warm-start d --init spectral               | exclude each other",
                "complete e.csv --algorithm als --step 1                | --step does not apply to --algorithm als",
                "sense A y --rank 2 --algorithm riemannian-gauss-newton --step .3 | --step does not apply to --algorithm riem",
                "complete e.csv --rank 2 --algorithm riemannian-gauss-newton --step .3 | --step does not apply to --algorithm",
                "complete e.csv --algorithm als --max-iterations 3      | --max-iterations does not apply",
                "complete e.csv --algorithm als --warm-start d          | --warm-start does not apply",
                "complete e.csv --warm-start d                          | --algorithm apgd",
                "complete e.csv --checkpoint c.npz                      | --algorithm apgd",
                "sense A y --algorithm nuclear-norm                     | does not apply to sense",
                "sense A y --algorithm apgd --penalty 1                 | apgd has none",
                "complete e.csv --penalty 1                             | recommended has none",
                "complete e.csv --algorithm nuclear-norm --step 1       | --step does not apply to --algorithm nuclear-norm",
                "complete e.csv --algorithm nuclear-norm --init nystrom | --init does not apply",
                "complete e.csv --algorithm nuclear-norm --resume --checkpoint c.npz | --resume does not apply",
                "approximate X.npy --rank 2 --algorithm riemannian-gd   | does not apply without --psd",
                "approximate X.npy --rank 2 --hold-out 0.1              | --hold-out does not apply to approximate",
                "approximate X.npy --rank 2 --seed=1                    | --seed does not apply to approximate",
                "approximate X.npy --psd --tolerance 0.1                | --tolerance does not apply with --psd",
                "compress X.npy --rank 2 --max-iterations 4             | --max-iterations does not apply to compress",
                "approximate X.npy --tolerance 0.1 --weights W.npy      | --weights does not apply with --tolerance",
                "approximate X.npy --psd --rank 2 --weights W.npy       | --weights does not apply with --psd",
                "predict m p.csv --max-iterations 4                     | --max-iterations does not apply to predict",
                "doctor --seed 4                                        | --seed does not apply to doctor",
            })
    void anOptionThatWouldBeIgnoredIsRefused(String line, String reason) {
        isRefusedWithTheReason(line, reason);
    }

    @Test
    void withoutACommandThereIsNothingToDo() {
        assertThat(Command.run().code()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "sense",
                "measure",
                "complete",
                "approximate",
                "compress",
                "predict",
                "update",
                "doctor",
                "demo",
                "replicate"
            })
    void helpIsNoFailure(String command) {
        Command.Outcome outcome = command.isEmpty() ? Command.run("--help") : Command.run(command, "--help");
        assertThat(outcome.code()).isZero();
        assertThat(outcome.out()).contains(("Usage: lowrank4j " + command).strip());
        assertThat(Command.run("--help").out()).containsPattern("(?m)^  " + command);
    }

    @Test
    void helpTellsTheDefaultsInUse() {
        SolverOptions defaults = new SolverOptions();
        assertThat(Command.run("sense", "--help").out().replaceAll("\\s+", " "))
                .contains("(default: " + defaults.maxIterationsInUse() + ")")
                .contains("(default: 1e-10)");
        assertThat(defaults.toleranceInUse()).isEqualTo(1e-10);
    }
}
