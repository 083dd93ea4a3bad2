// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.platform.unikernel;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Optional;

/// The `main` of a class as Java's own launcher finds it (JLS 12.1.4), for those who start
/// programs: with words or without, static or of an object that is made for it. No program needs
/// this.
public final class MainMethod {
    private static final String NAME = "main";

    /// A handle of type `(String[])void`.
    ///
    /// @throws NoSuchMethodException if Java could not start the class
    /// @throws IllegalAccessException if its module does not let us
    public static MethodHandle of(Class<?> program)
            throws NoSuchMethodException, IllegalAccessException {
        Method method =
                find(program, String[].class)
                        .or(() -> find(program))
                        .orElseThrow(
                                () ->
                                        new NoSuchMethodException(
                                                program.getName()
                                                        + " has no `static void main(String[] args)`"));
        MainMethod.class.getModule().addReads(program.getModule());
        MethodHandles.Lookup lookup =
                MethodHandles.privateLookupIn(program, MethodHandles.lookup());
        MethodHandle main = lookup.unreflect(method);
        if (!Modifier.isStatic(method.getModifiers())) {
            MethodHandle maker = lookup.findConstructor(program, MethodType.methodType(void.class));
            Class<?> owner = main.type().parameterType(0);
            main =
                    MethodHandles.collectArguments(
                            main, 0, maker.asType(MethodType.methodType(owner)));
        }
        return method.getParameterCount() == 1
                ? main
                : MethodHandles.dropArguments(main, 0, String[].class);
    }

    /// Its own, or one that it inherits.
    private static Optional<Method> find(Class<?> program, Class<?>... parameters) {
        for (Class<?> type = program; type != null; type = type.getSuperclass()) {
            for (Method method : type.getDeclaredMethods()) {
                if (method.getName().equals(NAME)
                        && method.getReturnType() == void.class
                        && Arrays.equals(method.getParameterTypes(), parameters)) {
                    return Optional.of(method);
                }
            }
        }
        return Optional.empty();
    }

    private MainMethod() {}
}
