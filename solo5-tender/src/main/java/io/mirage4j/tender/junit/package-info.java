// SPDX-License-Identifier: Apache-2.0

/// A unikernel for the length of a test.
package io.mirage4j.tender.junit;
