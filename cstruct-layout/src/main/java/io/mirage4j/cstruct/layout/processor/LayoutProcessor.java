// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.cstruct.layout.processor;

import java.io.IOException;
import java.io.Writer;
import java.util.Set;

import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.RoundEnvironment;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.Elements;
import javax.tools.Diagnostic;

/// Makes a class of every `@Layout` and every `@Codes` of a compilation. What a class says depends
/// on its declaration and what that names, so a build tool may compile incrementally.
public final class LayoutProcessor extends AbstractProcessor {
    @Override
    public Set<String> getSupportedAnnotationTypes() {
        return Set.of(Marks.PACKAGE + ".*");
    }

    @Override
    public SourceVersion getSupportedSourceVersion() {
        return SourceVersion.latest();
    }

    @Override
    public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
        Elements elements = processingEnv.getElementUtils();
        Catalogue catalogue = new Catalogue(elements);
        for (TypeElement annotation : annotations) {
            for (Element element : round.getElementsAnnotatedWith(annotation)) {
                if (element instanceof TypeElement type) {
                    switch (annotation.getSimpleName().toString()) {
                        case "Layout" ->
                                catalogue.layout(type).ifPresent(layout -> write(layout, elements));
                        case "Codes" ->
                                catalogue.codes(type).ifPresent(codes -> write(codes, elements));
                        default -> checkAtHome(element, annotation, type, "Layout", catalogue);
                    }
                } else if (element.getEnclosingElement() instanceof TypeElement type
                        && element.getKind() == ElementKind.METHOD) {
                    checkAtHome(element, annotation, type, "Layout", catalogue);
                }
            }
        }
        for (Fault fault : catalogue.faults()) {
            if (!fault.text().isEmpty()) {
                processingEnv
                        .getMessager()
                        .printMessage(Diagnostic.Kind.ERROR, fault.text(), fault.element());
            }
        }
        return false;
    }

    /// An annotation that stands where nobody looks for it is a mistake.
    private static void checkAtHome(
            Element element,
            TypeElement annotation,
            TypeElement home,
            String mark,
            Catalogue catalogue) {
        if (!Marks.of(home, catalogue.elements()).has(mark)) {
            catalogue.report(
                    new Fault(
                            element,
                            "@"
                                    + annotation.getSimpleName()
                                    + " means nothing here: write @"
                                    + mark
                                    + " on "
                                    + home.getSimpleName()));
        }
    }

    private void write(Layout layout, Elements elements) {
        Surroundings surroundings = Surroundings.of(layout.element(), elements);
        write(
                layout.name().made("Layout"),
                new LayoutSource(layout, surroundings).text(),
                layout.element());
    }

    private void write(Codes codes, Elements elements) {
        Surroundings surroundings = Surroundings.of(codes.element(), elements);
        write(codes.made(), new CodesSource(codes, surroundings).text(), codes.element());
    }

    private void write(TypeName name, String text, TypeElement origin) {
        try (Writer out =
                processingEnv.getFiler().createSourceFile(name.qualified(), origin).openWriter()) {
            out.write(text);
        } catch (IOException e) {
            processingEnv
                    .getMessager()
                    .printMessage(
                            Diagnostic.Kind.ERROR,
                            "can not write " + name.qualified() + ": " + e,
                            origin);
        }
    }
}
