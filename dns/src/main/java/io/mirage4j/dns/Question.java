// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns;

/// What is asked for; in an update, the zone.
public record Question(DnsName name, int type, int rrClass) {
    @Override
    public String toString() {
        return name + "\t" + RrClass.name(rrClass) + "\t" + RrType.name(type);
    }
}
