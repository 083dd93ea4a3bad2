// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.platform.host;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.platform.Entropy;

import java.security.SecureRandom;

/// The JVM's [SecureRandom]. Any thread may ask.
public final class HostEntropy implements Entropy {
    private final SecureRandom random = new SecureRandom();

    @Override
    public long nextLong() {
        return random.nextLong();
    }

    /// One draw for all octets: each costs a lock and a round of the generator.
    @Override
    public void fill(Cstruct target) {
        byte[] octets = new byte[target.length()];
        random.nextBytes(octets);
        target.put(0, octets);
    }
}
