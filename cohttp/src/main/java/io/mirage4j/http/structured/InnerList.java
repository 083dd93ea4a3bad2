// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.http.structured;

import java.util.List;

/// Items in parentheses, with parameters of their own.
public record InnerList(List<Item> items, Parameters parameters) implements Member {
    public InnerList {
        items = List.copyOf(items);
    }
}
