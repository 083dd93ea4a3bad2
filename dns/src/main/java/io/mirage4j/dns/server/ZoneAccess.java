// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns.server;

/// Who may do what with a zone.
public record ZoneAccess(
        AccessList query, AccessList transfer, AccessList update, AccessList notifies) {
    /// Anybody may ask, nobody anything else.
    public static final ZoneAccess STANDARD =
            new ZoneAccess(AccessList.ANY, AccessList.NONE, AccessList.NONE, AccessList.NONE);

    public ZoneAccess withQuery(AccessList list) {
        return new ZoneAccess(list, transfer, update, notifies);
    }

    public ZoneAccess withTransfer(AccessList list) {
        return new ZoneAccess(query, list, update, notifies);
    }

    public ZoneAccess withUpdate(AccessList list) {
        return new ZoneAccess(query, transfer, list, notifies);
    }

    public ZoneAccess withNotifies(AccessList list) {
        return new ZoneAccess(query, transfer, update, list);
    }
}
