package lowrank4j.cli;

import java.util.Optional;
import lowrank4j.CompletionModel;

/** Which models take rows and entries that came after the fit. */
final class AddedEntries {
    private AddedEntries() {}

    /** Why a model takes none; empty where it does. */
    static Optional<String> objection(CompletionModel model) {
        return switch (model.loss()) {
            case SQUARED -> Optional.empty();
            case HUBER, ABSOLUTE ->
                model.deviations().isPresent()
                        ? Optional.empty()
                        : Optional.of(
                                "its model.json, of an earlier version, does not tell the deviations that residuals"
                                        + " are counted in; run complete again");
            case TRUNCATED, LOGISTIC ->
                Optional.of(
                        "later rows and entries are solved under squared, huber and absolute; run complete again with"
                                + " them");
        };
    }
}
