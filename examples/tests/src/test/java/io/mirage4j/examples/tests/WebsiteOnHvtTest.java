// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.examples.tests;

class WebsiteOnHvtTest extends WebsiteTests {
    WebsiteOnHvtTest() {
        super(Place.HVT);
    }
}
