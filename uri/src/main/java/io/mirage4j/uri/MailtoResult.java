// SPDX-License-Identifier: Apache-2.0

package io.mirage4j.uri;

/// What comes of reading a URI as one with the scheme `mailto`: the [Mailto], or the [UriError]
/// that says where and why not.
public sealed interface MailtoResult permits Mailto, UriError {}
