// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns.server;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.dns.Edns;
import io.mirage4j.dns.EdnsOption;
import io.mirage4j.dns.MessageView;
import io.mirage4j.dns.RrType;
import io.mirage4j.platform.IpAddress;

import java.util.Arrays;

/// The OPT record of an answer (RFC 6891), put together beforehand so that its length is known when
/// the rest is written. Used by one thread. Nothing here allocates.
final class EdnsReply {
    private static final int HEAD = 11;
    private static final int EXPIRE = EdnsOption.EXPIRE;

    /// RFC 8467, 4.1: to what multiple answers are padded.
    private static final int PADDING_BLOCK = 468;

    private final ServerOptions options;
    private final ServerCookies cookies;
    private final byte[] nsid;
    private final byte[] octets = new byte[512];
    private final Cstruct opt = Cstruct.of(octets);
    private int length;
    private boolean padded;

    EdnsReply(ServerOptions options, ServerCookies cookies) {
        this.options = options;
        this.cookies = cookies;
        byte[] id = options.nsid().toByteArray();
        this.nsid = id.length <= 256 ? id : Arrays.copyOf(id, 256);
    }

    /// Begins the record for an answer to `query`; without EDNS there, none.
    void start(MessageView query, IpAddress client, boolean stream, long seconds) {
        length = 0;
        padded = false;
        if (!query.hasEdns()) return;
        opt.putU8(0, 0);
        opt.putU16be(1, RrType.OPT);
        opt.putU16be(3, options.udpPayload());
        opt.putU16be(5, 0);
        opt.putU16be(7, query.dnssecOk() ? Edns.DO : 0);
        length = HEAD;
        if (query.ednsVersion() != 0) return;
        if (nsid.length > 0 && query.option(EdnsOption.NSID) >= 0) {
            option(EdnsOption.NSID, nsid.length);
            opt.put(length - nsid.length, nsid, 0, nsid.length);
        }
        int cookie = query.option(EdnsOption.COOKIE);
        if (cookie >= 0) {
            int both = ServerCookies.CLIENT_OCTETS + ServerCookies.SERVER_OCTETS;
            option(EdnsOption.COOKIE, both);
            int at = length - both;
            query.message().copyTo(cookie, opt, at, ServerCookies.CLIENT_OCTETS);
            cookies.put(query.message(), cookie, client, seconds, opt, at + 8);
        }
        if (!stream) return;
        // RFC 7828, 3.3.2: told to whoever asked; never over UDP.
        if (query.option(EdnsOption.TCP_KEEPALIVE) >= 0) {
            option(EdnsOption.TCP_KEEPALIVE, 2);
            opt.putU16be(length - 2, options.keepaliveTenths());
        }
        padded = query.option(EdnsOption.PADDING) >= 0;
    }

    /// Tells whoever asked when the zone expires (RFC 7314, 3), where there is room for it.
    void expire(MessageView query, int seconds, int room) {
        boolean asked = length > 0 && query.ednsVersion() == 0 && query.option(EXPIRE) >= 0;
        if (!asked || length + 8 > room) return;
        option(EXPIRE, 4);
        opt.putU32be(length - 4, seconds);
    }

    private void option(int code, int len) {
        opt.putU16be(length, code);
        opt.putU16be(length + 2, len);
        length += 4 + len;
    }

    /// Says why, more exactly (RFC 8914), where there is room for it.
    void error(int info, int room) {
        if (length == 0 || length + 6 > room) return;
        option(EdnsOption.EXTENDED_ERROR, 2);
        opt.putU16be(length - 2, info);
    }

    boolean isThere() {
        return length > 0;
    }

    int length() {
        return length;
    }

    /// Puts the record at the end of a message of `at` octets and tells where it ends then.
    int put(Cstruct buf, int at, int extendedRcode, int limit) {
        if (length == 0) return at;
        int padding = -1;
        if (padded && at + length + 4 <= limit) {
            int bare = at + length + 4;
            padding =
                    Math.min(limit - bare, (PADDING_BLOCK - bare % PADDING_BLOCK) % PADDING_BLOCK);
        }
        opt.putU8(5, extendedRcode);
        opt.putU16be(9, length - HEAD + (padding < 0 ? 0 : 4 + padding));
        buf.put(at, octets, 0, length);
        int end = at + length;
        if (padding < 0) return end;
        buf.putU16be(end, EdnsOption.PADDING);
        buf.putU16be(end + 2, padding);
        for (int i = 0; i < padding; i++) buf.putU8(end + 4 + i, 0);
        return end + 4 + padding;
    }
}
