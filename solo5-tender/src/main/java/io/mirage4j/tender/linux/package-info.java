// SPDX-License-Identifier: Apache-2.0

/// System calls of Linux on x86-64.
package io.mirage4j.tender.linux;
