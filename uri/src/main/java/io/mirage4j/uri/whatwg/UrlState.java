// SPDX-License-Identifier: Apache-2.0

package io.mirage4j.uri.whatwg;

/// The states of the basic URL parser (URL Standard, 4.4) that one comes to from others, under its
/// names.
enum UrlState {
    SCHEME_START,
    NO_SCHEME,
    SPECIAL_RELATIVE_OR_AUTHORITY,
    PATH_OR_AUTHORITY,
    RELATIVE,
    RELATIVE_SLASH,
    SPECIAL_AUTHORITY_SLASHES,
    SPECIAL_AUTHORITY_IGNORE_SLASHES,
    AUTHORITY,
    HOST,
    HOSTNAME,
    PORT,
    FILE,
    FILE_SLASH,
    FILE_HOST,
    PATH_START,
    PATH,
    OPAQUE_PATH,
    QUERY,
    FRAGMENT,
    DONE,
    FAILED
}
