// SPDX-License-Identifier: Apache-2.0

/// The annotation processor of declared layouts. javac finds it on its processor path; nobody
/// depends on its classes, and nothing of it is needed at run time.
module io.mirage4j.cstruct.layout.processor {
    requires java.compiler;
    requires static org.jspecify;

    provides javax.annotation.processing.Processor with
            io.mirage4j.cstruct.layout.processor.LayoutProcessor;
}
