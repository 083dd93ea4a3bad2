// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.assembly.aot;

import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// The builder works on the inside of the JDK. Its own driver opens the packages that it needs one
/// by one; here every package is exported to it, and those of the two modules that it looks into by
/// reflection are opened.
final class ModuleDoors {
    private static final Set<String> OPENED = Set.of("java.base", "jdk.internal.vm.ci");

    /// The options of `java` for the modules of `builder`.
    static List<String> options(Set<String> builder) {
        String whom = String.join(",", builder) + ",ALL-UNNAMED";
        var options = new ArrayList<String>();
        ModuleFinder.ofSystem().findAll().stream()
                .map(ModuleReference::descriptor)
                .filter(module -> !builder.contains(module.name()))
                .sorted()
                .forEach(module -> open(module, whom, options));
        return options;
    }

    private static void open(ModuleDescriptor module, String whom, List<String> options) {
        module.packages().stream()
                .sorted()
                .forEach(
                        name -> {
                            String door = module.name() + "/" + name + "=" + whom;
                            options.add("--add-exports=" + door);
                            if (OPENED.contains(module.name())) {
                                options.add("--add-opens=" + door);
                            }
                        });
    }

    private ModuleDoors() {}
}
