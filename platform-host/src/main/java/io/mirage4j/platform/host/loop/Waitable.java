// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.platform.host.loop;

import io.mirage4j.platform.NetDevice;

import java.io.IOException;

/// A device that can be slept on until it has frames.
public interface Waitable extends NetDevice {
    /// A new way to wait for this device, for its one owner. It needs no closing once the device is
    /// closed; a close wakes it.
    ///
    /// @throws IOException if the device is gone
    Sleeper sleeper() throws IOException;
}
