package lowrank4j.kernel;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Kernels that compute nothing: they keep what they were called with, and answer what no computation would. */
final class RecordingKernels implements InvocationHandler {
    private final List<String> operations = new ArrayList<>();
    private final boolean answer;
    private List<Object> arguments = List.of();

    /** @param answer what is said where an operation says yes or no */
    RecordingKernels(boolean answer) {
        this.answer = answer;
    }

    Kernels kernels() {
        return (Kernels) Proxy.newProxyInstance(Kernels.class.getClassLoader(), new Class<?>[] {Kernels.class}, this);
    }

    /** The operations called so far. */
    List<String> operations() {
        return operations;
    }

    /** What the last one was called with. */
    List<Object> arguments() {
        return arguments;
    }

    /** What an operation returns here; null for nothing. */
    @Nullable
    Object answerOf(String operation) {
        Class<?> type = SampleCall.method(operation).getReturnType();
        if (type == Tier.class) {
            return Tier.VECTOR;
        }
        if (type == double.class) {
            return 4711.0;
        }
        if (type == int.class) {
            return 11;
        }
        return type == boolean.class ? answer : null;
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] given) {
        operations.add(method.getName());
        arguments = given == null ? List.of() : List.of(given);
        return answerOf(method.getName());
    }
}
