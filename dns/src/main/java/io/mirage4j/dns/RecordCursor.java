// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.cstruct.ReadOnlyCstruct;

import org.jspecify.annotations.Nullable;

/// Goes through the records of a message that a [MessageView] has accepted. Nothing here allocates
/// but [#name] and [#data].
public final class RecordCursor {
    private ReadOnlyCstruct message = Cstruct.empty();
    private int answers;
    private int authorities;
    private int left;
    private int off;
    private int head;
    private int next;
    private Section section = Section.ANSWER;

    /// Before the first record.
    public void start(MessageView view) {
        message = view.message();
        answers = view.count(Section.ANSWER);
        authorities = view.count(Section.AUTHORITY);
        left = answers + authorities + view.count(Section.ADDITIONAL);
        next = view.recordsOff();
    }

    /// Goes to the next record, if there is one.
    public boolean next() {
        if (left == 0) return false;
        left--;
        if (answers > 0) {
            answers--;
            section = Section.ANSWER;
        } else if (authorities > 0) {
            authorities--;
            section = Section.AUTHORITY;
        } else {
            section = Section.ADDITIONAL;
        }
        off = next;
        head = NameWire.skip(message, off);
        next = head + MessageView.RECORD_HEAD + message.u16be(head + 8);
        return true;
    }

    public Section section() {
        return section;
    }

    /// Where the record's name begins.
    public int nameOff() {
        return off;
    }

    public int type() {
        return message.u16be(head);
    }

    public int rrClass() {
        return message.u16be(head + 2);
    }

    /// Unsigned.
    public int ttl() {
        return message.u32be(head + 4);
    }

    public int dataOff() {
        return head + MessageView.RECORD_HEAD;
    }

    public int dataLength() {
        return message.u16be(head + 8);
    }

    /// The name as an object of its own; null if its pointers lead nowhere.
    public @Nullable DnsName name() {
        return DnsName.read(message, off);
    }

    /// The data as an object of its own; null if it is none of its type.
    public @Nullable Rdata data() {
        return Rdata.read(message, dataOff(), dataLength(), type());
    }
}
