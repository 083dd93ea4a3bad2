// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.cstruct.layout.processor;

/// Writes the class that turns numbers into names and back.
final class CodesSource {
    private final Codes codes;
    private final Surroundings surroundings;
    private final Imports imports;

    CodesSource(Codes codes, Surroundings surroundings) {
        this.codes = codes;
        this.surroundings = surroundings;
        this.imports = new Imports(codes.name().packageName());
    }

    /// The whole source file.
    String text() {
        Template names =
                new Template()
                        .with("annotations", surroundings.annotationLines(imports))
                        .with("modifier", codes.name().modifier())
                        .with("name", codes.made().path())
                        .with("path", codes.name().path())
                        .with("Value", imports.use(codes.name()))
                        .with("Known", imports.use(codes.known()))
                        .with("Unknown", imports.use(codes.unknown()))
                        .with("component", codes.component())
                        .with("type", codes.codeType());
        names.with("decode", codes.wide() ? decodeLong(names) : decodeInt(names));
        names.with("encode", encode());
        String packageName = codes.name().packageName();
        names.with("package", packageName.isEmpty() ? "" : "package " + packageName + ";\n\n");
        names.with("imports", imports.text().isEmpty() ? "" : imports.text() + "\n");
        return names.fill(
                """
                // SPDX-License-Identifier: Apache-2.0
                $package$imports\
                /// Turns numbers into [$path] and back.
                ///
                /// Every number has a value, and only an unknown one costs an object. Made from the
                /// declaration: change that.
                $annotations$modifier\
                final class $name {
                    /// What `code` names.
                    public static $Value of($type code) {
                $decode    }

                    /// The number that `value` names.
                    public static $type code($Value value) {
                        if (value instanceof $Unknown unknown) {
                            return unknown.$component();
                        }
                        return switch (($Known) value) {
                $encode        };
                    }

                    private $name() {}
                }
                """);
    }

    private String decodeInt(Template names) {
        StringBuilder cases = new StringBuilder();
        for (Codes.Constant constant : codes.constants()) {
            names.with("code", literal(constant)).with("constant", constant.name());
            cases.append(names.fill("    case $code -> $Known.$constant;\n"));
        }
        names.with("cases", cases);
        return names.fill(
                        """
                        return switch (code) {
                        $cases    default -> new $Unknown(code);
                        };
                        """)
                .indent(8);
    }

    /// A switch takes no long.
    private String decodeLong(Template names) {
        StringBuilder cases = new StringBuilder();
        for (Codes.Constant constant : codes.constants()) {
            names.with("code", literal(constant)).with("constant", constant.name());
            cases.append(
                    names.fill(
                            """
                            if (code == $code) {
                                return $Known.$constant;
                            }
                            """));
        }
        return cases.append(names.fill("return new $Unknown(code);\n")).toString().indent(8);
    }

    private String encode() {
        StringBuilder cases = new StringBuilder();
        for (Codes.Constant constant : codes.constants()) {
            cases.append("    case ")
                    .append(constant.name())
                    .append(" -> ")
                    .append(literal(constant))
                    .append(";\n");
        }
        return cases.toString().indent(8);
    }

    private String literal(Codes.Constant constant) {
        return codes.wide() ? constant.code() + "L" : Integer.toString((int) constant.code());
    }
}
