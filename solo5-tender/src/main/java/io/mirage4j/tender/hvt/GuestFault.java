// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tender.hvt;

/// The guest did what ends it, or its devices failed under it.
final class GuestFault extends Exception {
    private static final long serialVersionUID = 1;

    GuestFault(String message) {
        super(message);
    }
}
