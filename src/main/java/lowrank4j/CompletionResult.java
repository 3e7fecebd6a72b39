package lowrank4j;

/**
 * What a completion found.
 *
 * @param recovery as of any recovery; its factors are those of the whole X, offsets included, its effective rank that of the
 *     low-rank part
 * @param model the parts, for predictions
 * @param sparse entries found grossly wrong, where {@link Loss#TRUNCATED} looked for them
 */
public record CompletionResult(RecoveryResult recovery, CompletionModel model, SparsePart sparse) {
    CompletionResult(RecoveryResult recovery, CompletionModel model) {
        this(recovery, model, SparsePart.none());
    }
}
