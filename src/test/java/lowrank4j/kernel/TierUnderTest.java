package lowrank4j.kernel;

/** The tier that this run of the tests is about, named by the system property {@value Tiers#PROPERTY}. */
final class TierUnderTest {
    static final Tier NAMED = Tier.named(System.getProperty(Tiers.PROPERTY, "none given: -D" + Tiers.PROPERTY));
    static final Tiers.Selection SELECTION = Tiers.select(NAMED);

    private TierUnderTest() {}

    static Kernels kernels() {
        return SELECTION.kernels();
    }
}
