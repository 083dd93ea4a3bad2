// SPDX-License-Identifier: Apache-2.0

/// The contracts between a program and what is below it, and the address values they speak of.
///
/// | contract | is |
/// | --- | --- |
/// | [NetDevice][io.mirage4j.platform.NetDevice] | Ethernet frames in and out |
/// | [BlockDevice][io.mirage4j.platform.BlockDevice] | sectors |
/// | [Kv][io.mirage4j.platform.Kv] | values by path, read only |
/// | [Flow][io.mirage4j.platform.Flow] | octets both ways, in order |
/// | [Listener][io.mirage4j.platform.Listener], [Connector][io.mirage4j.platform.Connector] | where flows come from |
/// | [Datagrams][io.mirage4j.platform.Datagrams] | packets to and from endpoints |
/// | [Resolver][io.mirage4j.platform.Resolver] | addresses of a name |
/// | [Engine][io.mirage4j.platform.Engine] | a protocol without I/O, driven from outside |
/// | [Clock][io.mirage4j.platform.Clock], [Entropy][io.mirage4j.platform.Entropy], [Console][io.mirage4j.platform.Console] | time, randomness, a line of text |
@NullMarked
package io.mirage4j.platform;

import org.jspecify.annotations.NullMarked;
