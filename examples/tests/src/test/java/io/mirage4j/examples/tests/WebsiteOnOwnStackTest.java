// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.examples.tests;

class WebsiteOnOwnStackTest extends WebsiteTests {
    WebsiteOnOwnStackTest() {
        super(Place.HOST_TAP);
    }
}
