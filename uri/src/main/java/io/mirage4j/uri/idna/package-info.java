// SPDX-License-Identifier: Apache-2.0

/// Domain names beyond ASCII by UTS #46: [io.mirage4j.uri.idna.Idna] checks them, and writes them
/// in ASCII for the DNS and in Unicode for people.
@NullMarked
package io.mirage4j.uri.idna;

import org.jspecify.annotations.NullMarked;
