package lowrank4j.cli.replicate;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Random;
import lowrank4j.cli.replicate.Axes.Kind;
import lowrank4j.matrix.Factors;
import lowrank4j.matrix.SparsePattern;
import lowrank4j.solver.NuclearNormCompletion;

/**
 * MF-Global reaches the optimum of completion under a nuclear norm, as the proximal gradient method does, in less time.
 *
 * <p>The paper's data are 100,000 film ratings that may not be redistributed. Here ratings of the same shape and number are drawn: whole
 * stars of a user's and a film's offset, a taste of rank 5 and noise, users and films of unlike popularity.
 */
record NuclearNorm() implements Figure {
    private static final Axes GAPS =
            new Axes("objective over iterations", "iteration", "(objective − least)/least", Kind.LOG);
    private static final Axes SECONDS =
            new Axes("time", "", "seconds to an objective within 1e-10 of the least", Kind.BARS);
    private static final int TASTES = 5;
    private static final double NEAR = 1e-10;

    /** Both methods run until the objective falls by no more than rounding. */
    private static final double ROUNDING = 1e-15;

    private static final int LIMIT = 5000;
    private static final String AGREEMENT = "least objectives of the two methods, relative difference";
    private static final String GAP = "MF-Global: relative duality gap at its end";
    private static final String TIME = "proximal gradient over MF-Global, time to within 1e-10 of the least objective";
    private static final String RANK = "rank of the optimum";

    @Override
    public String name() {
        return "mf-global";
    }

    @Override
    public String paper() {
        return "Lee, Liang, Tang, Toh 2024, JMLR 25 (arXiv 2204.14067)";
    }

    @Override
    public String claim() {
        return "Sweeps over factors with convex lifts reach the optimum under a nuclear norm, faster than the proximal gradient method.";
    }

    private static int users(boolean quick) {
        return quick ? 200 : 943;
    }

    private static int films(boolean quick) {
        return quick ? 300 : 1682;
    }

    private static int ratings(boolean quick) {
        return quick ? 8000 : 100_000;
    }

    private static double penalty(boolean quick) {
        return quick ? 8 : 15;
    }

    @Override
    public String setUp(boolean quick) {
        return "drawn ratings, " + ratings(quick) + " of " + users(quick) + " users and " + films(quick)
                + " films, λ = " + (int) penalty(quick);
    }

    @Override
    public List<Band> bands() {
        return List.of(
                Band.atMost(AGREEMENT, NEAR),
                Band.atMost(GAP, 1e-6),
                Band.atLeast(TIME, 1.5),
                Band.between(RANK, 5, 150));
    }

    @Override
    public List<Axes> axes() {
        return List.of(GAPS, SECONDS);
    }

    @Override
    public void run(Trial trial) {
        boolean quick = trial.isQuick();
        SparsePattern.Entries data = ratings(users(quick), films(quick), ratings(quick), trial.random(1));
        // The code must be compiled before it is timed.
        follow(trial, "warm-up", data, NuclearNormCompletion.SWEEPS, 10);
        Course global = follow(trial, "MF-Global", data, NuclearNormCompletion.SWEEPS, LIMIT);
        Course proximal = follow(trial, "proximal gradient", data, 0, LIMIT);
        double least = Math.min(global.least(), proximal.least());
        trial.measure(AGREEMENT, Math.abs(global.least() - proximal.least()) / least);
        trial.measure(GAP, global.end().relativeGap());
        trial.measure(TIME, proximal.secondsTo((1 + NEAR) * least) / global.secondsTo((1 + NEAR) * least));
        trial.measure(RANK, global.end().factors().rank());
        draw(trial, "MF-Global", global, least);
        draw(trial, "proximal gradient", proximal, least);
    }

    private static void draw(Trial trial, String series, Course course, double least) {
        for (int t = 0; t < course.objective().size() && course.objective().get(t) > (1 + NEAR / 10) * least; t++) {
            trial.point(GAPS, series, t, course.objective().get(t) / least - 1);
        }
        trial.point(SECONDS, series, 0, course.secondsTo((1 + NEAR) * least));
    }

    /** The way of one method: objective and seconds after each iteration. */
    private record Course(NuclearNormCompletion end, List<Double> objective, List<Double> seconds) {
        double least() {
            return objective.stream().mapToDouble(f -> f).min().orElseThrow();
        }

        /** Infinite if it is not reached. */
        double secondsTo(double target) {
            for (int t = 0; t < objective.size(); t++) {
                if (objective.get(t) <= target) {
                    return seconds.get(t);
                }
            }
            return Double.POSITIVE_INFINITY;
        }
    }

    private static Course follow(Trial trial, String series, SparsePattern.Entries data, int sweeps, int limit) {
        NuclearNormCompletion completion = new NuclearNormCompletion(
                data.pattern(),
                data.values(),
                OptionalDouble.of(penalty(trial.isQuick())),
                Math.min(data.pattern().rows(), data.pattern().columns()),
                sweeps,
                trial.seed(),
                trial.engine());
        List<Double> objective = new ArrayList<>(List.of(completion.objective()));
        List<Double> seconds = new ArrayList<>(List.of(0.0));
        long spent = 0;
        double fall = 1;
        while (objective.size() <= limit && fall > ROUNDING) {
            trial.say(series + ", iteration " + objective.size());
            long start = System.nanoTime();
            completion.step();
            spent += System.nanoTime() - start;
            fall = 1 - completion.objective() / objective.getLast();
            objective.add(completion.objective());
            seconds.add(spent * 1e-9);
        }
        return new Course(completion, objective, seconds);
    }

    /** Stars from 1 to 5; users and films are drawn with chances that fall as 1/√rank. */
    private static SparsePattern.Entries ratings(int users, int films, int count, Random random) {
        Factors taste = new Factors(Truth.gaussian(users, TASTES, random), Truth.gaussian(films, TASTES, random));
        double[] userOffset = random.doubles(users, -0.8, 0.8).toArray();
        double[] filmOffset = random.doubles(films, -1, 1).toArray();
        boolean[] taken = new boolean[users * films];
        int[] row = new int[count];
        int[] column = new int[count];
        double[] value = new double[count];
        for (int k = 0; k < count; ) {
            // The square of a uniform number has a density that falls as the root.
            int i = (int) (users * Math.pow(random.nextDouble(), 2));
            int j = (int) (films * Math.pow(random.nextDouble(), 2));
            if (!taken[i * films + j]) {
                taken[i * films + j] = true;
                double liking =
                        3.5 + userOffset[i] + filmOffset[j] + 0.25 * taste.entry(i, j) + 0.6 * random.nextGaussian();
                row[k] = i;
                column[k] = j;
                value[k++] = Math.clamp(Math.round(liking), 1, 5);
            }
        }
        return SparsePattern.sorted(users, films, row, column, value);
    }
}
