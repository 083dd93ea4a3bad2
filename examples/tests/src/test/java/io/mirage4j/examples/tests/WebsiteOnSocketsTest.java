// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.examples.tests;

class WebsiteOnSocketsTest extends WebsiteTests {
    WebsiteOnSocketsTest() {
        super(Place.HOST);
    }
}
