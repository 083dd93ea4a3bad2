// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.platform;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.cstruct.ReadOnlyCstruct;

import java.io.IOException;

/// A flow that can also be used without a thread that waits for it: it tells when something has
/// come, and reads and writes as much as goes at once. So one that idles costs no thread, and what
/// is answered quickly is answered where it arrives.
///
/// A flow has one [Arrival] at a time, and no reader that waits meanwhile.
public interface EventFlow extends Flow {
    /// Who is told that there is something.
    @FunctionalInterface
    interface Arrival {
        /// Octets or their end have come, or the flow was aborted or closed. Runs in a thread that
        /// serves many flows, and so must not block. Says whether another thread was started or
        /// woken for it, which that thread then makes room for.
        boolean arrived();
    }

    /// As [#read], but 0 where that would wait.
    int tryRead(Cstruct buf) throws IOException;

    /// Sends what goes at once, and returns how many octets that is, perhaps none. The caller keeps
    /// `buf`.
    ///
    /// @throws IOException as [#write]
    int tryWrite(ReadOnlyCstruct buf) throws IOException;

    /// Has `arrival` told once, when there is something to read or a reason not to. False if there
    /// may be already: then it is not told, and [#tryRead] says what there is.
    boolean tell(Arrival arrival);

    /// Takes [#tell] back. False if `arrival` was told, or is about to be.
    boolean forget(Arrival arrival);
}
