// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.platform.Engine;
import io.mirage4j.platform.IpPrefix;
import io.mirage4j.tcpip.LocalAddress.Origin;
import io.mirage4j.tcpip.wire.Addresses;

import org.jspecify.annotations.Nullable;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// Addresses that we make ourselves: the link-local one, those of prefixes that routers advertise
/// (RFC 4862), by a stable secret (RFC 7217) or the MAC address, and temporary ones (RFC 8981).
final class Slaac {
    /// Of all that routers make us have.
    private static final int MOST = 16;

    private static final int PREFIX_LENGTH = 64;
    private static final long LINK_LOCAL = 0xfe80L << 48;
    private static final long SECOND = 1_000_000_000;
    private static final long TWO_HOURS = 7200 * SECOND;

    /// RFC 7217, 7.
    private static final int IDGEN_RETRIES = 3;

    // RFC 8981, 3.8
    private static final long TEMP_VALID_LIFETIME = 2 * 86_400 * SECOND;
    private static final long TEMP_PREFERRED_LIFETIME = 86_400 * SECOND;
    private static final long MAX_DESYNC_FACTOR = TEMP_PREFERRED_LIFETIME * 4 / 10;
    private static final long REGEN_ADVANCE = 5 * SECOND;

    private final Stack stack;

    Slaac(Stack stack) {
        this.stack = stack;
    }

    void addLinkLocal(long now) {
        add(LINK_LOCAL, Origin.LINK_LOCAL, 0, Engine.NEVER, Engine.NEVER, now);
    }

    /// RFC 4862, 5.5.3.
    ///
    /// @param valid seconds, unsigned; all ones is for ever
    void prefix(IpPrefix prefix, int valid, int preferred, long now) {
        if (Integer.compareUnsigned(preferred, valid) > 0 || prefix.length() != PREFIX_LENGTH) {
            return;
        }
        long high = Addresses.high(prefix.address());
        long validUntil = Routers.until(now, valid);
        long preferredUntil = Routers.until(now, preferred);
        LocalAddress stable = find(high, Origin.ROUTER);
        if (stable == null) {
            if (valid != 0 && count() < MOST) {
                add(high, Origin.ROUTER, 0, preferredUntil, validUntil, now);
                addTemporary(high, preferredUntil, validUntil, now);
            }
            return;
        }
        // 5.5.3 (e): nobody may end an address at once, but bring it down to two hours.
        long remaining = stable.validUntil - now;
        long until;
        if (validUntil - now > TWO_HOURS || validUntil > stable.validUntil) {
            until = validUntil;
        } else if (remaining <= TWO_HOURS) {
            until = stable.validUntil;
        } else {
            until = now + TWO_HOURS;
        }
        stack.locals.live(stable, preferredUntil, until, now);
        for (LocalAddress address : stack.locals.all()) {
            if (address.origin == Origin.TEMPORARY && address.high == high) {
                // RFC 8981, 3.4: only ever shorter than it was made to live.
                stack.locals.live(
                        address,
                        Math.min(preferredUntil, temporaryPreferred(address)),
                        Math.min(until, address.created + TEMP_VALID_LIFETIME),
                        now);
            }
        }
    }

    private int count() {
        int count = 0;
        for (LocalAddress address : stack.locals.all()) {
            if (address.origin == Origin.ROUTER || address.origin == Origin.TEMPORARY) {
                count++;
            }
        }
        return count;
    }

    private @Nullable LocalAddress find(long high, Origin origin) {
        for (LocalAddress address : stack.locals.all()) {
            if (address.high == high && address.origin == origin && !address.isIpv4()) {
                return address;
            }
        }
        return null;
    }

    private void add(long high, Origin origin, int attempt, long preferred, long valid, long now) {
        var address = new LocalAddress(high, identifier(high, attempt), PREFIX_LENGTH, origin);
        address.attempt = attempt;
        address.preferredUntil = preferred;
        address.validUntil = valid;
        stack.locals.add(address, now);
    }

    /// Somebody else has an address that we made (RFC 7217, 6; RFC 8981, 3.4).
    void taken(LocalAddress address, long now) {
        if (address.attempt >= IDGEN_RETRIES) return;
        if (address.origin == Origin.TEMPORARY) {
            addTemporary(address.high, address.preferredUntil, address.validUntil, now);
        } else if (stack.config.stableSecret().isPresent()) {
            add(
                    address.high,
                    address.origin,
                    address.attempt + 1,
                    address.preferredUntil,
                    address.validUntil,
                    now);
        }
        // RFC 4862, 5.4.5: an identifier made of the MAC address has no second try.
    }

    private void addTemporary(long high, long preferredUntil, long validUntil, long now) {
        if (!stack.config.temporaryAddresses() || count() >= MOST) return;
        long desync = Long.remainderUnsigned(stack.entropy.nextLong(), MAX_DESYNC_FACTOR);
        long preferred = Math.min(preferredUntil, now + TEMP_PREFERRED_LIFETIME - desync);
        if (preferred - now <= REGEN_ADVANCE) return;
        var address = new LocalAddress(high, random(), PREFIX_LENGTH, Origin.TEMPORARY);
        address.preferredUntil = preferred;
        address.validUntil = Math.min(validUntil, now + TEMP_VALID_LIFETIME);
        if (stack.locals.add(address, now)) {
            stack.timers.timer(time -> renew(address, time)).set(preferred - REGEN_ADVANCE);
        }
    }

    private static long temporaryPreferred(LocalAddress address) {
        return Math.min(address.preferredUntil, address.created + TEMP_PREFERRED_LIFETIME);
    }

    /// The next one is made before this one goes (RFC 8981, 3.4).
    private void renew(LocalAddress old, long now) {
        LocalAddress stable = find(old.high, Origin.ROUTER);
        if (stable != null && stable.validUntil > now) {
            addTemporary(old.high, stable.preferredUntil, stable.validUntil, now);
        }
    }

    private long identifier(long high, int attempt) {
        return stack.config
                .stableSecret()
                .map(secret -> opaque(high, attempt, secret))
                .orElseGet(() -> eui64(stack.link.mac));
    }

    /// RFC 4291, appendix A: ff:fe in the middle, the universal bit turned.
    static long eui64(long mac) {
        long high = mac >>> 24 & 0xff_ffff;
        return (high << 40 | 0xff_fe00_0000L | (mac & 0xff_ffff)) ^ 1L << 57;
    }

    /// RFC 7217, 5: F(prefix, interface, counter, secret).
    private long opaque(long high, int attempt, long secret) {
        Cstruct input = Cstruct.create(28);
        input.putU64be(0, high);
        input.putU64be(8, stack.link.mac);
        input.putU32be(16, attempt);
        input.putU64be(20, secret);
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(input.toByteArray());
            return reserved(Cstruct.of(digest).u64be(0));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("no SHA-256", e);
        }
    }

    private long random() {
        return reserved(stack.entropy.nextLong());
    }

    /// Keeps clear of the identifiers of RFC 5453: subnet routers and anycast.
    private static long reserved(long identifier) {
        boolean anycast = identifier >>> 7 == 0xfdff_ffff_ffff_ff80L >>> 7;
        return identifier == 0 || anycast ? identifier ^ 1L << 32 : identifier;
    }
}
