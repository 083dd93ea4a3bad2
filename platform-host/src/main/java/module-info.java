// SPDX-License-Identifier: Apache-2.0

import org.jspecify.annotations.NullMarked;

/// The contracts of `platform` on a JVM: kernel sockets, files, directories and ports of passt with
/// plain Java; TAP, datagrams by the batch, epoll and direct I/O on Linux by `java.lang.foreign`;
/// and the loop that drives an engine on them.
///
/// It is a module of its own because it needs what no core and no unikernel shall drag along:
/// native access and the queues of JCTools.
@NullMarked
module io.mirage4j.platform.host {
    requires transitive io.mirage4j.platform;
    requires static org.jspecify;
    requires org.jctools.core;

    exports io.mirage4j.platform.host;
    exports io.mirage4j.platform.host.file;
    exports io.mirage4j.platform.host.linux;
    exports io.mirage4j.platform.host.loop;
    exports io.mirage4j.platform.host.net;
}
