// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns.zone;

/// Which records of a signed zone prove that something is not there. What is found is handed to the
/// lookup as nodes whose [Node#nsec] set belongs into the authority section.
sealed interface Denial permits NoDenial, NsecDenial, Nsec3Denial {
    /// `node` exists and has no set of the type that is asked for; also a delegation without DS.
    void noData(Lookup to, Node node);

    /// Neither the name nor a wildcard for it exists; `encloser` is its closest encloser.
    void noName(Lookup to, QueryName name, Node encloser);

    /// A wildcard below `encloser` answers for the name, which does not exist.
    void wildcard(Lookup to, QueryName name, Node encloser);

    /// A wildcard matches and has no set of the type.
    void wildcardNoData(Lookup to, QueryName name, Node encloser, Node wildcard);
}
