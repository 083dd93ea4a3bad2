// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.assembly;

import io.mirage4j.platform.unikernel.Declaration;
import io.mirage4j.platform.unikernel.MainMethod;

import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;

/// A program to make images of: where its classes are, whose `main` it is, what it declares.
public record Application(ClassPath classPath, String mainClass, Declaration declaration) {
    /// The program that a jar's manifest names (`Main-Class`, `Class-Path`).
    public static Application ofJar(Path jar) {
        if (!Files.exists(jar)) {
            throw new AssemblyException("no file " + jar + ": build the program's jar first");
        }
        String main;
        try (var file = new JarFile(jar.toFile())) {
            Manifest manifest = file.getManifest();
            main =
                    manifest == null
                            ? null
                            : manifest.getMainAttributes().getValue(Attributes.Name.MAIN_CLASS);
        } catch (IOException e) {
            throw new AssemblyException(jar + " is no jar: " + e.getMessage(), e);
        }
        if (main == null) {
            throw new AssemblyException(
                    jar + " names no Main-Class in its manifest: add one, or give --main CLASS");
        }
        return of(ClassPath.parse(jar.toString()), main);
    }

    /// The program of a class, with what one of its static fields declares, if any does.
    public static Application of(ClassPath classPath, String mainClass) {
        return new Application(classPath, mainClass, declaration(classPath, mainClass));
    }

    private static Declaration declaration(ClassPath classPath, String mainClass) {
        try (var loader = new URLClassLoader(urls(classPath), Application.class.getClassLoader())) {
            Class<?> main = Class.forName(mainClass, true, loader);
            List<Declaration> found = new ArrayList<>();
            MainMethod.of(main);
            for (Field field : main.getDeclaredFields()) {
                if (field.getType() == Declaration.class) {
                    found.add(constant(field));
                }
            }
            if (found.size() > 1) {
                throw new AssemblyException(
                        mainClass
                                + " declares "
                                + found.size()
                                + " programs: leave one field of type Declaration");
            }
            return found.isEmpty() ? plain(main) : found.getFirst();
        } catch (ClassNotFoundException e) {
            throw new AssemblyException(
                    "no class %s on %s: give its name with its package, and the jar or folder it is in"
                            .formatted(mainClass, classPath),
                    e);
        } catch (ExceptionInInitializerError e) {
            throw new AssemblyException(
                    mainClass + " could not be initialised: " + e.getCause(), e);
        } catch (LinkageError e) {
            throw new AssemblyException(
                    "%s can not be loaded from %s: %s".formatted(mainClass, classPath, e), e);
        } catch (NoSuchMethodException e) {
            throw new AssemblyException(String.valueOf(e.getMessage()), e);
        } catch (IllegalAccessException | IOException e) {
            throw new AssemblyException("can not read the declaration of " + mainClass, e);
        }
    }

    private static Declaration constant(Field field) throws IllegalAccessException {
        field.setAccessible(true);
        if (Modifier.isStatic(field.getModifiers())
                && field.get(null) instanceof Declaration declaration) {
            return declaration;
        }
        throw new AssemblyException(
                "%s.%s is not set where an image is made: make it a static final constant"
                        .formatted(field.getDeclaringClass().getName(), field.getName()));
    }

    /// A program that declares nothing: it has a console and that is all.
    private static Declaration plain(Class<?> main) {
        return Declaration.named(main.getSimpleName().toLowerCase(Locale.ROOT)).build();
    }

    private static URL[] urls(ClassPath classPath) throws MalformedURLException {
        var urls = new URL[classPath.entries().size()];
        for (int i = 0; i < urls.length; i++) {
            urls[i] = classPath.entries().get(i).toUri().toURL();
        }
        return urls;
    }
}
