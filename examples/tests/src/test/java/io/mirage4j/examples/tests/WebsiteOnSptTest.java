// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.examples.tests;

class WebsiteOnSptTest extends WebsiteTests {
    WebsiteOnSptTest() {
        super(Place.SPT);
    }
}
