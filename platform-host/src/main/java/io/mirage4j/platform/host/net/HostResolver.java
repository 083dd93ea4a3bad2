// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.platform.host.net;

import io.mirage4j.platform.IpAddress;
import io.mirage4j.platform.Parsed;
import io.mirage4j.platform.Resolver;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/// The system's own resolver: its hosts file, its name servers, in the order it prefers. Any thread
/// may ask.
///
/// The system does not tell "no such name" from "nobody answered": both are no address here.
public final class HostResolver implements Resolver {
    @Override
    public List<IpAddress> resolve(String name) throws IOException {
        if (IpAddress.parse(name) instanceof Parsed.Value<IpAddress>(IpAddress literal)) {
            return List.of(literal);
        }
        if (Thread.currentThread().isInterrupted()) {
            throw new InterruptedIOException("resolve was interrupted");
        }
        // The system's call can not be interrupted, so it is left alone in a thread of its own.
        var lookup = new FutureTask<>(() -> lookup(name));
        Thread.ofVirtual().name("resolve " + name).start(lookup);
        try {
            return lookup.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("resolve was interrupted");
        } catch (ExecutionException e) {
            throw new IOException("resolve '" + name + "': " + e.getMessage(), e);
        }
    }

    private static List<IpAddress> lookup(String name) {
        if (!isName(name)) return List.of();
        List<IpAddress> found = new ArrayList<>();
        try {
            for (InetAddress address : InetAddress.getAllByName(name)) {
                found.add(Addresses.of(address));
            }
        } catch (UnknownHostException e) {
            return List.of();
        }
        return List.copyOf(found);
    }

    /// Java reads `1`, `0x7f.1` and the like as addresses and the empty text as loopback; here they
    /// name nothing. A name's last label is not a number (RFC 3696, 2).
    private static boolean isName(String name) {
        int end = name.endsWith(".") ? name.length() - 1 : name.length();
        int last = name.lastIndexOf('.', end - 1) + 1;
        if (last >= end || name.indexOf(':') >= 0) return false;
        char first = name.charAt(last);
        return first < '0' || first > '9';
    }
}
