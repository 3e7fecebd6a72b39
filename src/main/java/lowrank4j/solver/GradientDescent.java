package lowrank4j.solver;

/**
 * Gradient descent on the factors, {@code U ← U - η G U} and {@code L ← L - η G R}, {@code R ← R - η Gᵀ L}, with {@code G = A*(A(X) - y)/energy};
 * from small random initialisation it finds low rank by itself (Stöger, Soltanolkotabi 2021, arXiv 2106.15013, eq. 3; asymmetric:
 * Soltanolkotabi, Stöger, Xie 2023; Ye, Du 2021).
 *
 * <p>Iterations grow with the condition number κ of X. Cost: one gradient an iteration.
 */
public record GradientDescent() implements PlainDescent {
    @Override
    public String name() {
        return "gradient-descent";
    }

    @Override
    public Initialisation defaultInitialisation() {
        return Initialisation.smallRandom(1e-6);
    }
}
