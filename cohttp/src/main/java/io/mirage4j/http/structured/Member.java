// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.http.structured;

/// A member of a list or a dictionary.
public sealed interface Member permits Item, InnerList {
    Parameters parameters();
}
