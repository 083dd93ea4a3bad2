// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.http.wire;

/// What a reader may let pass that RFC 9112 tells it to refuse, or allows it to. Each is a switch
/// of its own and all are off: every one of them has been a way to smuggle a request past somebody.
public enum Leniency {
    /// A line may end in LF alone.
    BARE_LF,
    /// A line may end in CR alone.
    BARE_CR,
    /// A field line that begins with white space goes on with the value before it (obs-fold).
    OBS_FOLD,
    /// White space may stand between a field name and its colon.
    SPACE_BEFORE_COLON,
    /// A field value may hold control characters, but not NUL, CR or LF.
    CONTROLS_IN_VALUE,
    /// A field value may hold NUL. Only together with [#CONTROLS_IN_VALUE].
    NUL_IN_VALUE,
    /// Content-Length beside Transfer-Encoding; chunked counts, and without it the length.
    CONTENT_LENGTH_WITH_TRANSFER_ENCODING,
    /// Content-Length may come again, or be a list, while all its values are the same.
    CONTENT_LENGTH_REPEATED,
    /// A request may have a Transfer-Encoding that does not end in chunked: its content ends with
    /// the connection.
    TRANSFER_ENCODING_WITHOUT_CHUNKED,
    /// Transfer-Encoding in HTTP/1.0.
    TRANSFER_ENCODING_IN_HTTP_1_0,
    /// White space between a chunk size and the end of its line.
    SPACE_AFTER_CHUNK_SIZE,
    /// The line end behind the data of a chunk may be missing.
    NO_CRLF_AFTER_CHUNK,
    /// A request of HTTP/1.1 may have no Host, several, or one that is none.
    ANY_HOST,
    /// A target in absolute form may have user information, which is passed over.
    USERINFO_IN_TARGET,
    /// The target `*` may stand behind other methods than OPTIONS, as behind M-SEARCH.
    ASTERISK_FOR_ANY_METHOD,
    /// CONNECT may announce content, which is taken for the tunnel's.
    CONTENT_IN_CONNECT,
    /// Any two digits are a version.
    ANY_VERSION,
    /// The version 0.9, and the request line without one.
    HTTP_0_9,
    /// The version may be one of RTSP or of ICE, each with methods of its own and without a Host.
    RTSP_AND_ICE,
    /// After `Connection: close` messages may go on.
    IGNORE_CLOSE,
    /// What follows the last message is thrown away.
    DATA_AFTER_CLOSE;

    /// A bit of its own, which never leaves the process.
    @SuppressWarnings("EnumOrdinal")
    int bit() {
        return 1 << ordinal();
    }
}
