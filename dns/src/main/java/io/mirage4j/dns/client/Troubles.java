// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns.client;

import io.mirage4j.platform.Endpoint;

import java.util.ArrayList;
import java.util.List;

/// What went wrong so far: the same twice in one server is noted once, with a count.
final class Troubles {
    private static final int MOST = 100;

    private final List<LookupFailure.Trouble> list = new ArrayList<>();

    void add(Endpoint server, String reason) {
        for (int i = 0; i < list.size(); i++) {
            LookupFailure.Trouble known = list.get(i);
            if (known.server().equals(server) && known.reason().equals(reason)) {
                list.set(i, new LookupFailure.Trouble(server, reason, known.times() + 1));
                return;
            }
        }
        if (list.size() < MOST) {
            list.add(new LookupFailure.Trouble(server, reason, 1));
        }
    }

    List<LookupFailure.Trouble> list() {
        return list;
    }
}
