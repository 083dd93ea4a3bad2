// SPDX-License-Identifier: Apache-2.0

/// A user's module.
module outside {
    requires io.mirage4j.cstruct;
}
