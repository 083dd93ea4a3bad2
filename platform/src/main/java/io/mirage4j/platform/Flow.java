// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.platform;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.cstruct.ReadOnlyCstruct;

import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;

/// Octets both ways, in order, with somebody at the other end: a TCP connection, a vchan, a pipe in
/// memory. Calls block, and are meant to block virtual threads.
///
/// One thread may read while another writes; anyone may [#abort] or [#close] at any time, which
/// makes blocked calls fail. An interrupted thread leaves with [java.io.InterruptedIOException],
/// its interrupt still set, and the flow goes on; `bytesTransferred` says how much of a write has
/// gone.
public interface Flow extends Closeable {
    /// What [#read] returns when the other end will send no more.
    int END = -1;

    /// Waits for octets, puts what has come at the start of `buf`, and returns how many, at least
    /// one; [#END] after the last. 0 only if `buf` is empty. The caller keeps `buf`.
    ///
    /// @throws TimedOutException if nothing came within the time of [#readTimeout]
    /// @throws IOException if the flow was aborted or closed, or what carries it failed
    int read(Cstruct buf) throws IOException;

    /// Sends all of `buf`, waiting while the other end is slow. The caller keeps `buf`, and may
    /// change it once this returns.
    ///
    /// @throws IOException if the output is shut down, the flow was aborted, closed, or the other
    ///   end does not read any more, or what carries it failed
    void write(ReadOnlyCstruct buf) throws IOException;

    /// From the next call on, a [#read] that gets nothing within `nanos` throws
    /// [TimedOutException]. The flow stays as it is. 0, as at the start, waits for ever.
    void readTimeout(long nanos);

    /// Tells the other end that no more will come; reading goes on. Twice is as once.
    ///
    /// @throws IOException if the flow was aborted or closed, or what carries it failed
    void shutdownOutput() throws IOException;

    /// Ends the flow at once: what is under way is dropped, and the other end's calls fail. After
    /// [#close] it cuts short what that left to be delivered. Twice is as once.
    void abort();

    /// Ends the flow in order: what was written is still delivered, then the other end reads
    /// [#END]; its writes fail. Does not wait for that. Twice is as once.
    @Override
    void close() throws IOException;

    /// Where the other end is, if the flow goes over IP.
    default Optional<Endpoint> remote() {
        return Optional.empty();
    }

    /// Where this end is, if the flow goes over IP.
    default Optional<Endpoint> local() {
        return Optional.empty();
    }
}
