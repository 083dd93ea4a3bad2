// SPDX-License-Identifier: Apache-2.0

/// URI templates (RFC 6570), all four levels, filled in and read back:
/// [io.mirage4j.uri.template.UriTemplate].
@NullMarked
package io.mirage4j.uri.template;

import org.jspecify.annotations.NullMarked;
