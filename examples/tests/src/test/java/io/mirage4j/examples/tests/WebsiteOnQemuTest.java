// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.examples.tests;

class WebsiteOnQemuTest extends WebsiteTests {
    WebsiteOnQemuTest() {
        super(Place.QEMU);
    }
}
