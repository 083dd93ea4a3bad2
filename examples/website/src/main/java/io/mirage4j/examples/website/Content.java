// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.examples.website;

import io.mirage4j.crunch.Crunched;
import io.mirage4j.crunch.load.CrunchResource;

/// The pages, as the build made them.
final class Content {
    static final Crunched SITE = CrunchResource.open(Content.class, "site.crunch");

    private Content() {}
}
