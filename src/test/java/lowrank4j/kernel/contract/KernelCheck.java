package lowrank4j.kernel.contract;

/** One promise of {@link KernelContract}, at one size or on one kind of data. */
public final class KernelCheck {
    /** What is run; throws where the promise is broken. */
    @FunctionalInterface
    interface Body {
        void run() throws Exception;
    }

    private final String family;
    private final String name;
    private final Body body;

    KernelCheck(String family, String name, Body body) {
        this.family = family;
        this.name = name;
        this.body = body;
    }

    /** The operations that are looked at together, in two or three words. */
    public String family() {
        return family;
    }

    /** What is promised, in words, and for which sizes or values. */
    public String name() {
        return name;
    }

    /**
     * Runs the check.
     *
     * @throws AssertionError where the promise is broken, or where the kernels throw: with the name of this check, of the kernel,
     *     and the numbers that differ
     */
    public void run() {
        try {
            body.run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(this + ": interrupted", e);
        } catch (Exception | AssertionError e) {
            throw new AssertionError(this + ": " + (e instanceof AssertionError ? e.getMessage() : e), e);
        }
    }

    @Override
    public String toString() {
        return family + ": " + name;
    }
}
