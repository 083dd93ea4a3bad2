// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.platform.host.loop;

import java.io.IOException;

/// How the owner of a device waits for it.
public interface Sleeper {
    /// Returns when the device may have frames, when somebody has called [#wake] since the last
    /// sleep, or after `nanos`; at times earlier. For the owner's thread.
    ///
    /// @param nanos from 1; [Long#MAX_VALUE] for as long as it takes
    /// @throws IOException if the device is gone
    void sleep(long nanos) throws IOException;

    /// Ends the sleep, or the next one. For any thread.
    void wake();
}
