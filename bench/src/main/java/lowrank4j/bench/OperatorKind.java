package lowrank4j.bench;

/** The operators whose gradients are measured side by side, each at a size at which it would be used; factors of rank 5, of Paulis 2. */
public enum OperatorKind {
    DENSE("dense, float64", "100 × 100", 2500, 100e6, 200e6),
    DENSE_FLOAT("dense, float32", "100 × 100", 2500, 100e6, 100e6),
    PACKED("dense, packed symmetric", "100 × 100", 4950, 100e6, 200e6),
    SIGNS("signs in one bit", "100 × 100", 10_000, 200e6, 12.5e6),
    SEEDED_GAUSSIAN("seeded Gaussian", "100 × 100", 2500, Roof.NUMBERS),
    SEEDED_SIGNS("seeded signs", "100 × 100", 2500, Roof.NUMBERS),
    SEEDED_SPARSE("seeded sparse, 1/3", "100 × 100", 2500, Roof.NUMBERS),
    RANK_ONE("rank one, aᵀXb", "100 × 100", 20_000, 4.0 * 20_000 * 200 * 5, 32e6),
    QUADRATIC("quadratic, aᵀXa", "100 × 100", 20_000, 4.0 * 20_000 * 100 * 5, 16e6),
    INTENSITIES("intensities, a*Xa", "100 × 100, complex", 10_000, 16.0 * 10_000 * 100 * 5, 2 * 16e6),
    /** 20 entries each; of a position its column, value, residual and rows of three factors, of an entry its place and value twice. */
    SPARSE(
            "sparse Aᵢ, 20 entries",
            "1000 × 1000",
            20_000,
            14.0 * 400_000 * 5 + 4 * 400_000,
            400_000 * (4 + 16 + 120 + 24.0)),
    PAULI("Pauli strings", "1024 × 1024, complex", 20_000, (16 * 2 + 2 * 10 + 6) * 1024.0 * 1024, 2 * 8 * 1024 * 1024),
    ENTRIES("single entries", "10000 × 10000", 1_000_000, 6.0 * 1e6 * 5, 1e6 * (4 + 16 + 120)),
    HANKEL("Hankel, of a real signal", "2048 × 2048", 4095, 10.0 * 5 * 4096 * 12, 48.0 * 5 * 4096),
    HANKEL_COMPLEX("Hankel, of a complex signal", "2048 × 2048, complex", 8190, 20.0 * 5 * 4096 * 12, 48.0 * 5 * 4096);

    /** What bounds the speed. */
    public enum Roof {
        /** Flops or bytes, whichever take longer. */
        MACHINE,
        /** Making the numbers of the measurements. */
        NUMBERS
    }

    private final String title;
    private final String size;
    private final int count;
    private final Roof roof;
    private final double flops;
    private final double bytes;

    OperatorKind(String title, String size, int count, double flops, double bytes) {
        this(title, size, count, Roof.MACHINE, flops, bytes);
    }

    OperatorKind(String title, String size, int count, Roof roof) {
        this(title, size, count, roof, 0, 0);
    }

    OperatorKind(String title, String size, int count, Roof roof, double flops, double bytes) {
        this.title = title;
        this.size = size;
        this.count = count;
        this.roof = roof;
        this.flops = flops;
        this.bytes = bytes;
    }

    /** In words. */
    public String title() {
        return title;
    }

    /** Of the unknown. */
    public String size() {
        return size;
    }

    /** Measurements. */
    public int count() {
        return count;
    }

    /** What bounds the speed. */
    public Roof roof() {
        return roof;
    }

    /** Of one gradient, where the machine is the roof. */
    public double flops() {
        return flops;
    }

    /** That come from where the measurements are, in one gradient, where the machine is the roof. */
    public double bytes() {
        return bytes;
    }
}
