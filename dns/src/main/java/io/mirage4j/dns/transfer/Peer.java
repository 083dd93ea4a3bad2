// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns.transfer;

import io.mirage4j.dns.tsig.TsigKey;
import io.mirage4j.platform.Endpoint;

import org.jspecify.annotations.Nullable;

/// Another server, and the key that is shared with it.
///
/// @param key null if messages to it are not signed
public record Peer(Endpoint endpoint, @Nullable TsigKey key) {}
