// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.checks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class GuardsTest {
    @Test
    void whatOnlyLeavesStandsOnOneLine() {
        assertThat(Guards.inForm("    if (at < 0) {\n        return;\n    }\n"))
                .isEqualTo("    if (at < 0) return;\n");
    }

    @Test
    void allElseHasBraces() {
        assertThat(Guards.inForm("    if (c == ')' || f(\"(\")) at++;\n"))
                .isEqualTo("    if (c == ')' || f(\"(\")) {\n        at++;\n    }\n");
        assertThat(Guards.inForm("if (a)\n    b();\n")).isEqualTo("if (a) {\n    b();\n}\n");
    }

    @Test
    void whatIsInFormStaysAsItIs() {
        for (String source :
                new String[] {
                    "if (a) return b;\n",
                    "if (a) {\n    b();\n}\n",
                    "if (a) {\n    return;\n} else {\n    b();\n}\n",
                    "} else if (a) {\n    return;\n}\n",
                    "if (a) {\n    return " + "b".repeat(90) + ";\n}\n",
                    "if (a) {\n    return; // why\n}\n",
                    "String s =\n    \"\"\"\n    if (a) {\n        return;\n    }\n    \"\"\";\n",
                }) {
            assertThat(Guards.inForm(source)).isEqualTo(source);
        }
    }
}
