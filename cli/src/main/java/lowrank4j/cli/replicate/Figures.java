package lowrank4j.cli.replicate;

import java.util.List;

/** All that can be run anew. */
public final class Figures {
    private static final List<Figure> ALL = List.of(
            new ErrorAgainstScale(),
            new AlignmentPhases(),
            new IterationsAgainstScale(),
            new DampedConditioning(),
            new DampedErrorAgainstScale(),
            new DampedOverRank(),
            new DampedNoiseFloor(),
            new AlternatingRates(),
            new AlternatingLimits(),
            new AlternatingTimes(),
            new BestApproximation(),
            new EigenspaceTimes(),
            new ScaledConditioning(ScaledConditioning.Measurement.SENSING),
            new ScaledConditioning(ScaledConditioning.Measurement.COMPLETION),
            new AsymmetricDescent(),
            new ColumnSpaceStart(),
            new Acceleration(),
            new SketchStart(),
            new OverRankDescent(),
            new InformationLimit(),
            new CompletionLimit(),
            new Compression(),
            new WeightedApproximation(),
            new SharedFactorDescent(),
            new SampledSubspace(),
            new OneByOne(),
            new ColumnPruning(),
            new NuclearNorm(),
            new EarlyStopping(),
            new RankOneCompletion(),
            new AlternatingRandomStart(),
            new FlatMinima(),
            new Tomography(),
            new RobustPrincipalComponents(),
            new HankelRecovery(),
            new SuccessMap());

    private Figures() {}

    /** In the order in which they are run and reported. */
    public static List<Figure> all() {
        return ALL;
    }
}
