// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.cstruct.layout.processor;

/// Where a field lies.
///
/// @param offset of its first octet
/// @param octets of one element; for bits, of the slice of their group that holds them all
/// @param shift for bits: how far above the lowest bit of the slice, read as one number
record Place(int offset, int octets, int shift) {}
