// SPDX-License-Identifier: Apache-2.0

package io.mirage4j.uri.template;

/// What comes of parsing: the [UriTemplate] itself, or the [TemplateError] that says where and why
/// not.
public sealed interface TemplateResult permits UriTemplate, TemplateError {}
