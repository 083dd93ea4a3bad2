// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.assembly.link;

import io.mirage4j.platform.unikernel.Block;
import io.mirage4j.platform.unikernel.Declaration;
import io.mirage4j.platform.unikernel.Device;
import io.mirage4j.platform.unikernel.Network;

import java.util.Collection;

/// The two C sources that differ from image to image.
final class GeneratedSources {
    private static final String LICENCE = "/* SPDX-License-Identifier: Apache-2.0 */\n";

    /// The name and the manifest. Names have letters, digits and `-` only, so nothing is quoted.
    static String image(Declaration declaration) {
        var text = new StringBuilder(LICENCE + "#include \"manifest.h\"\n");
        text.append("IMAGE(\"").append(declaration.name()).append('"');
        for (Device device : declaration.devices()) {
            String macro =
                    switch (device) {
                        case Network network -> "NETWORK";
                        case Block block -> "BLOCK";
                    };
            text.append(",\n    ").append(macro).append("(\"").append(device.name()).append("\")");
        }
        return text.append(")\n").toString();
    }

    /// Bodies for what the object calls and nobody has.
    static String missing(Collection<String> symbols) {
        var text = new StringBuilder(LICENCE + "#include \"missing.h\"\n");
        for (String symbol : symbols) {
            text.append(symbol.startsWith("Java_") ? "MISSING_NATIVE(" : "MISSING_FUNCTION(")
                    .append(symbol)
                    .append(")\n");
        }
        return text.toString();
    }

    private GeneratedSources() {}
}
