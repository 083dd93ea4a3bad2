// SPDX-License-Identifier: Apache-2.0

package io.mirage4j.uri;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.Locale;

class ServicesTest {
    @Test
    void portsAreFoundByNameInAnyCase() {
        assertThat(Services.port("http")).isEqualTo(80);
        assertThat(Services.port("WSS")).isEqualTo(443);
        assertThat(Services.port("nothing")).isEqualTo(-1);
    }

    @Test
    void aPortIsKnownForItsFirstService() {
        assertThat(Services.name(443)).contains("https");
        assertThat(Services.name(22)).contains("ssh");
        assertThat(Services.name(1)).isEmpty();
    }

    @Test
    void noServiceIsListedTwiceAndAllNamesAreLowerCase() {
        assertThat(Services.all()).extracting(Services.Service::name).doesNotHaveDuplicates();
        assertThat(Services.all())
                .allMatch(service -> service.name().equals(service.name().toLowerCase(Locale.ROOT)))
                .allMatch(service -> service.port() > 0 && service.port() < 65_536);
    }
}
