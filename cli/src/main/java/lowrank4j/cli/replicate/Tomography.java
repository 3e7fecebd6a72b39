package lowrank4j.cli.replicate;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import lowrank4j.HermitianResult;
import lowrank4j.HermitianSensing;
import lowrank4j.RecoveryOptions;
import lowrank4j.cli.replicate.Axes.Kind;
import lowrank4j.matrix.Factors;
import lowrank4j.matrix.HermitianFactors;
import lowrank4j.matrix.Matrix;
import lowrank4j.sensing.PauliSensing;
import lowrank4j.sensing.PauliStrings;

/** A state of many qubits from part of all Pauli strings, each known from a number of shots. */
record Tomography() implements Figure {
    private static final double[] SHARES = {0.1, 0.2, 0.4};
    private static final double CLAIMED = 0.2;
    private static final int SHOTS = 1000;
    private static final Axes BY_SHARE =
            new Axes("fidelity by share of strings", "Pauli strings measured, in percent", "fidelity", Kind.LINEAR);
    private static final Axes BY_ITERATION =
            new Axes("infidelity over iterations", "iteration", "1 − fidelity", Kind.LOG);
    private static final Axes SECONDS =
            new Axes("seconds by share of strings", "Pauli strings measured, in percent", "seconds", Kind.LINEAR);

    @Override
    public String name() {
        return "tomography";
    }

    @Override
    public String paper() {
        return "Gross, Liu, Flammia, Becker, Eisert 2010, Phys. Rev. Lett. 105, 150401 (arXiv 0909.3304)";
    }

    @Override
    public String claim() {
        return "Part of all Pauli strings, chosen at random and known up to shot noise, is enough for a nearly pure state.";
    }

    @Override
    public String setUp(boolean quick) {
        return "GHZ state of " + qubits(quick) + " qubits, 10, 20 and 40 % of its 4^" + qubits(quick)
                + " Pauli strings, the mean of " + SHOTS + " shots each; told neither rank nor noise";
    }

    /** Of 4^k strings 2^k tell of a GHZ state: with fewer qubits a random part would now and then miss nearly all of them. */
    private static int qubits(boolean quick) {
        return quick ? 8 : 10;
    }

    @Override
    public List<Band> bands() {
        return List.of(
                Band.atLeast("20 % of strings: fidelity", 0.98),
                Band.between("20 % of strings: rank found", 1, 1),
                Band.between("20 % of strings: trace before scaling", 0.95, 1.05));
    }

    @Override
    public List<Axes> axes() {
        return List.of(BY_SHARE, BY_ITERATION);
    }

    @Override
    public void run(Trial trial) {
        int qubits = qubits(trial.isQuick());
        HermitianFactors state = entangled(1 << qubits);
        for (int s = 0; s < SHARES.length; s++) {
            double percent = 100 * SHARES[s];
            String series = Math.round(percent) + " % of strings";
            trial.say(series);
            int count = (int) Math.round(SHARES[s] * (1L << (2 * qubits)));
            PauliStrings strings = PauliStrings.random(qubits, count, trial.random(2 * s));
            double[] means = new double[count];
            new PauliSensing(strings, trial.engine()).forward(Factors.symmetric(state.stacked()), means);
            measure(means, new SplittableRandom(trial.random(2 * s + 1).nextLong()));
            List<Double> infidelity = new ArrayList<>();
            long since = System.nanoTime();
            HermitianResult result = HermitianSensing.pauli(strings, means)
                    .withTraceOne()
                    .solve(options(trial).withListener((event, factors) -> {
                        trial.endIfCancelled();
                        infidelity.add(
                                1 - HermitianFactors.ofStacked(factors.left()).fidelity(state));
                    }));
            trial.point(SECONDS, "told nothing", percent, (System.nanoTime() - since) * 1e-9);
            double fidelity = result.effectiveRank() == 0 ? 0 : result.factors().fidelity(state);
            trial.point(BY_SHARE, "told nothing", percent, fidelity);
            trial.curve(
                    BY_ITERATION,
                    series,
                    infidelity.stream().mapToDouble(gap -> gap).toArray());
            if (SHARES[s] == CLAIMED) {
                trial.measure("20 % of strings: fidelity", fidelity);
                trial.measure("20 % of strings: rank found", result.effectiveRank());
                trial.measure("20 % of strings: trace before scaling", result.fittedTrace());
            }
        }
    }

    private static RecoveryOptions options(Trial trial) {
        return RecoveryOptions.defaults()
                .withSeed(trial.seed())
                .withThreads(trial.engine().workers().threads())
                .withTier(trial.engine().report().active());
    }

    /** (|0…0> + |1…1>)/√2. */
    private static HermitianFactors entangled(int n) {
        Matrix real = Matrix.zeros(n, 1);
        real.set(0, 0, Math.sqrt(0.5));
        real.set(n - 1, 0, Math.sqrt(0.5));
        return new HermitianFactors(real, Matrix.zeros(n, 1));
    }

    /** Replaces each mean of outcomes +1 and -1 by that of so many shots. */
    private static void measure(double[] means, SplittableRandom random) {
        for (int i = 0; i < means.length; i++) {
            double chance = (1 + means[i]) / 2;
            int up = 0;
            for (int shot = 0; shot < SHOTS; shot++) {
                up += random.nextDouble() < chance ? 1 : 0;
            }
            means[i] = 2.0 * up / SHOTS - 1;
        }
    }
}
