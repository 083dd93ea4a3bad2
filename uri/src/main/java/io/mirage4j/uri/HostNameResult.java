// SPDX-License-Identifier: Apache-2.0

package io.mirage4j.uri;

/// What comes of parsing: the [HostName] itself, or the [UriError] that says where and why not.
public sealed interface HostNameResult permits HostName, UriError {}
