package lowrank4j.blas;

/** The library under test. */
final class Library {
    private Library() {}

    static OpenBlas open() {
        return switch (OpenBlas.load()) {
            case LoadReport.Loaded loaded -> loaded.library();
            case LoadReport.Unavailable unavailable -> throw new AssertionError(unavailable);
        };
    }
}
