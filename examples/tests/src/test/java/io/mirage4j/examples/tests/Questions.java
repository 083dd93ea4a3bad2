// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.examples.tests;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Queries as a client that is not ours writes them (RFC 1035, 4.1).
final class Questions {
    private static final short RECURSION_WANTED = 0x0100;

    /// Asks for the IPv4 address of a name.
    static byte[] address(int id, String name) {
        ByteBuffer query = ByteBuffer.allocate(512);
        query.putShort((short) id).putShort(RECURSION_WANTED).putShort((short) 1);
        query.putShort((short) 0).putShort((short) 0).putShort((short) 0);
        for (String label : name.split("\\.", -1)) {
            query.put((byte) label.length()).put(label.getBytes(StandardCharsets.US_ASCII));
        }
        query.put((byte) 0).putShort((short) 1).putShort((short) 1);
        return Arrays.copyOf(query.array(), query.position());
    }

    /// An authoritative answer without error to the query of this number, with a record in it.
    static boolean isAnswered(ByteBuffer answer, int id) {
        return answer.getShort(0) == (short) id
                && (answer.getShort(2) & 0x840f) == 0x8400
                && answer.getShort(6) > 0;
    }

    private Questions() {}
}
