// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns.zone;

/// An unsigned zone proves nothing.
record NoDenial() implements Denial {
    @Override
    public void noData(Lookup to, Node node) {}

    @Override
    public void noName(Lookup to, QueryName name, Node encloser) {}

    @Override
    public void wildcard(Lookup to, QueryName name, Node encloser) {}

    @Override
    public void wildcardNoData(Lookup to, QueryName name, Node encloser, Node wildcard) {}
}
