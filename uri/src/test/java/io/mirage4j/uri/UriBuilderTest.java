// SPDX-License-Identifier: Apache-2.0

package io.mirage4j.uri;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class UriBuilderTest {
    @Test
    void whatNeedsAHostIsNamedWhereThereIsNone() {
        refused(Uri.builder().scheme("http").port(80).path("/x"), "port without a host: 80");
        refused(Uri.builder().userinfo("u"), "userinfo without a host: u");
    }

    @Test
    void aPathThatWouldBeReadAsSomethingElseIsNamedWithTheWayOut() {
        refused(
                Uri.builder().host("h").path("x"),
                "path behind a host does not begin with a slash: x");
        refused(
                Uri.builder().scheme("a").path("//x"),
                "path without a host begins with two slashes, begin it with '/.' instead: //x");
        refused(
                Uri.builder().path("a:b/c"),
                "path without a scheme has a colon in its first segment, begin it with './': a:b/c");
        assertThat(Uri.builder().scheme("a").path("/.//x").build()).hasToString("a:/.//x");
        assertThat(Uri.builder().path("./a:b/c").build()).hasToString("./a:b/c");
    }

    @Test
    void aComponentThatHoldsAnotherIsNamed() {
        refused(Uri.builder().scheme("http").host("h:80"), "host would be read as 'h': h:80");
        refused(Uri.builder().path("/a?b"), "path would be read as '/a': /a?b");
        refused(Uri.builder().query("a#b"), "query would be read as 'a': a#b");
    }

    @Test
    void anEmptyHostIsOne() {
        assertThat(Uri.builder().scheme("file").host("").path("//x").build())
                .hasToString("file:////x");
    }

    private static void refused(UriBuilder builder, String message) {
        assertThatThrownBy(builder::build)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }
}
