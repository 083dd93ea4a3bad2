// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tender.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.mirage4j.cstruct.ReadOnlyCstruct;
import io.mirage4j.tender.hvt.Devices;

/// What the loader in Java says.
final class Verdicts {
    /// Does all that is done with an image before a guest starts that has no device attached.
    static void load(ReadOnlyCstruct octets, Target target, long memory) throws RefusedException {
        Image image = Image.parse("image", octets, target);
        long end = Image.LOWEST_ADDRESS;
        for (Segment segment : image.segments(memory)) {
            assertThat(segment.start()).isGreaterThanOrEqualTo(end).isLessThan(segment.end());
            assertThat(segment.address()).isBetween(segment.start(), segment.end());
            assertThat(image.octets(segment).length()).isEqualTo(segment.fileOctets());
            assertThat(segment.address() + segment.fileOctets()).isBetween(end, segment.end());
            end = segment.end();
        }
        assertThat(end).isLessThanOrEqualTo(memory);
        try (var devices = new Devices(image.manifest())) {
            devices.requireAll();
        }
    }

    static boolean takes(ReadOnlyCstruct octets, Target target, long memory) {
        try {
            load(octets, target, memory);
            return true;
        } catch (RefusedException e) {
            assertThat(e.getMessage()).doesNotContain("\n").isNotBlank();
            return false;
        }
    }

    private Verdicts() {}
}
