// SPDX-License-Identifier: Apache-2.0

/// The hvt tender: a virtual machine of one processor, no devices but eight hypercalls.
package io.mirage4j.tender.hvt;
