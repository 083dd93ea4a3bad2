// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip.packetdrill;

import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/// A script as it was read: options, then what happens when.
record Script(Map<String, String> options, List<String> prologue, List<Event> events) {

    /// One line of it.
    record Event(int line, Time time, Action action) {}

    enum Base {
        ABSOLUTE,
        RELATIVE,
        ANY
    }

    /// When: `from` to `to` as a window of a moment, or `end` of a call that blocks; in ns.
    record Time(Base base, long from, OptionalLong to, OptionalLong end) {}

    sealed interface Action {}

    record Inject(Packet packet) implements Action {}

    record Expect(Packet packet) implements Action {}

    record Call(String name, List<Value> arguments, Value result, String errno) implements Action {}

    record Check(String python) implements Action {}

    record Command(String shell) implements Action {}

    sealed interface Packet permits Tcp, Icmp {}

    /// A TCP packet. Fields that are not compared are -1, `null` or empty.
    record Tcp(
            Ip ip,
            int sourcePort,
            int destinationPort,
            String flags,
            boolean anySeq,
            boolean absoluteSeq,
            long seq,
            long length,
            long ack,
            long window,
            long urgent,
            boolean anyOptions,
            List<Option> options,
            Encapsulation udp)
            implements Packet {}

    record Icmp(
            String type,
            String code,
            int mtu,
            boolean quotes,
            long seq,
            long length,
            Encapsulation udp)
            implements Packet {}

    record Ip(int ecn, int trafficClass, int hopLimit) {
        /// For [#ecn]: either will do.
        static final int ECT_0_OR_1 = 4;

        boolean isMark(int seen) {
            return ecn < 0 || ecn == seen || ecn == ECT_0_OR_1 && (seen == 1 || seen == 2);
        }
    }

    record Encapsulation(int source, int destination) {
        static final Encapsulation NONE = new Encapsulation(0, 0);
    }

    /// `words` as they stand, the name first.
    record Option(List<String> words) {
        String name() {
            return words.getFirst();
        }

        long number(int i) {
            return Long.parseUnsignedLong(words.get(i));
        }
    }

    /// An argument or result of a call.
    sealed interface Value {}

    record Num(long value) implements Value {}

    record Name(String name) implements Value {}

    record Any() implements Value {}

    record Text(byte[] octets) implements Value {}

    record Items(List<Value> items) implements Value {}

    record Fields(Map<String, Value> fields) implements Value {}

    /// Several joined by `|`.
    record Either(List<Value> values) implements Value {}
}
