// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.http.wire;

import io.mirage4j.cstruct.ReadOnlyCstruct;

import java.nio.charset.StandardCharsets;

/// The head of a request or a response, where it stands in the input, with what its fields mean for
/// the connection. A reader has one and fills it anew; it is valid as long as its [#fields].
public final class Head {
    static final int CLOSE = 1;
    static final int KEEP_ALIVE = 2;
    static final int UPGRADE = 4;
    static final int EXPECTS_CONTINUE = 8;

    final FieldLines fields = new FieldLines();

    int methodOff;
    int methodEnd;
    int targetOff;
    int targetEnd;
    int version;
    Protocol protocol = Protocol.HTTP;
    int status;
    int reasonOff;
    int reasonEnd;

    ContentKind contentKind = ContentKind.NONE;
    long contentLength;

    /// Bits of those below, and others that [Framing] keeps there.
    int said;

    Head() {}

    void clear() {
        methodOff = methodEnd = targetOff = targetEnd = 0;
        reasonOff = reasonEnd = 0;
        version = 0;
        protocol(Protocol.HTTP);
        status = 0;
        contentKind(ContentKind.NONE);
        contentLength = 0;
        said = 0;
    }

    /// Begins with a request whose line stands at the beginning of the window.
    void request(int methodEnd, int targetOff, int targetEnd, int version) {
        methodOff = 0;
        this.methodEnd = methodEnd;
        this.targetOff = targetOff;
        this.targetEnd = targetEnd;
        this.version = version;
        protocol(Protocol.HTTP);
    }

    /// Stored as [#contentKind] is.
    void protocol(Protocol protocol) {
        if (this.protocol != protocol) {
            this.protocol = protocol;
        }
    }

    /// Most messages are of the kind of the one before: not to store it spares the collector's
    /// barrier.
    void contentKind(ContentKind kind) {
        if (contentKind != kind) {
            contentKind = kind;
        }
    }

    public FieldLines fields() {
        return fields;
    }

    /// The window that all offsets are into.
    public ReadOnlyCstruct octets() {
        return fields.octets();
    }

    /// Whether this is a request.
    public boolean isRequest() {
        return status == 0;
    }

    public int methodOff() {
        return methodOff;
    }

    public int methodLength() {
        return methodEnd - methodOff;
    }

    public String method() {
        return text(methodOff, methodEnd);
    }

    /// Whether the method is this one; methods differ in case.
    public boolean hasMethod(String method) {
        int length = method.length();
        if (methodEnd - methodOff != length) return false;
        ReadOnlyCstruct octets = octets();
        for (int i = 0; i < length; i++) {
            if (octets.u8(methodOff + i) != method.charAt(i)) return false;
        }
        return true;
    }

    public int targetOff() {
        return targetOff;
    }

    public int targetLength() {
        return targetEnd - targetOff;
    }

    public String target() {
        return text(targetOff, targetEnd);
    }

    /// Major version times ten and minor version: 11 for HTTP/1.1, 9 for a request without one.
    public int version() {
        return version;
    }

    /// What the version is one of: HTTP, unless others are let pass.
    public Protocol protocol() {
        return protocol;
    }

    /// The status of a response; 0 in a request.
    public int status() {
        return status;
    }

    public int reasonOff() {
        return reasonOff;
    }

    public int reasonLength() {
        return reasonEnd - reasonOff;
    }

    public String reason() {
        return text(reasonOff, reasonEnd);
    }

    public ContentKind contentKind() {
        return contentKind;
    }

    /// The length of the content where its kind is [ContentKind#LENGTH], otherwise what
    /// Content-Length said, or 0.
    public long contentLength() {
        return contentLength;
    }

    /// Whether another message may follow on the connection (RFC 9112, 9.3).
    public boolean persistent() {
        return !has(CLOSE)
                && (version >= 11 || has(KEEP_ALIVE))
                && contentKind != ContentKind.UNTIL_CLOSE;
    }

    /// Whether the sender asks for, or announces, another protocol: Upgrade, named in Connection.
    public boolean upgrade() {
        return has(UPGRADE);
    }

    /// Whether the client waits for 100 before it sends its content.
    public boolean expectsContinue() {
        return has(EXPECTS_CONTINUE);
    }

    private boolean has(int bit) {
        return (said & bit) != 0;
    }

    private String text(int off, int end) {
        return octets().text(off, end - off, StandardCharsets.ISO_8859_1);
    }
}
