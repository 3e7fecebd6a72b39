package lowrank4j.kernel;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import lowrank4j.error.InvalidArgumentException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** A call that the door refuses, and the message. */
record Refusal(String message, ThrowingCallable call) {
    static Refusal refusal(String message, ThrowingCallable call) {
        return new Refusal(message, call);
    }

    void check() {
        assertThatThrownBy(call).isInstanceOf(InvalidArgumentException.class).hasMessage(message);
    }

    @Override
    public String toString() {
        return message;
    }
}
