// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.cstruct.layout.processor;

/// What `@BitGroup` says: the fields share a number of `octets`, given out from one end.
record BitGroup(int octets, boolean lowestFirst) {}
