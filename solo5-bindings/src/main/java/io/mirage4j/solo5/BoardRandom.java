// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.solo5;

import org.jspecify.annotations.Nullable;

import java.security.Provider;
import java.security.SecureRandomSpi;
import java.security.Security;

/// The provider by which every `SecureRandom` of the program, the JDK's own among them, draws from
/// the board's entropy. It needs no file.
final class BoardRandom extends Provider {
    private static final long serialVersionUID = 1;

    private static final String NAME = "Mirage4j";
    private static final String VERSION = "1";
    private static final String TYPE = "SecureRandom";
    private static final String ALGORITHM = "Board";

    private BoardRandom() {
        super(NAME, VERSION, "random numbers of the board that a unikernel runs on");
        putService(new Random(this));
    }

    /// Puts the provider in front of all others.
    static void install() {
        Security.insertProviderAt(new BoardRandom(), 1);
    }

    private static final class Random extends Service {
        Random(Provider provider) {
            super(provider, TYPE, ALGORITHM, Spi.class.getName(), null, null);
        }

        /// Not by the name of the class, which would need reflection.
        @Override
        public Object newInstance(@Nullable Object parameter) {
            return new Spi();
        }
    }

    private static final class Spi extends SecureRandomSpi {
        private static final long serialVersionUID = 1;

        /// More seed can not make it worse, nor better.
        @Override
        protected void engineSetSeed(byte[] seed) {}

        @Override
        protected void engineNextBytes(byte[] octets) {
            ((BoardEntropy) Machine.current().entropy()).fill(octets);
        }

        @Override
        protected byte[] engineGenerateSeed(int octets) {
            byte[] seed = new byte[octets];
            engineNextBytes(seed);
            return seed;
        }
    }
}
