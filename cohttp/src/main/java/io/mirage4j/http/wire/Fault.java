// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.http.wire;

/// Why a message is refused, and the status that says so to a client.
public enum Fault {
    EMPTY_LINES(400, "too many empty lines before the message"),
    BAD_METHOD(400, "the method is no token followed by one space"),
    UNKNOWN_METHOD(501, "the method is not known here"),
    BAD_TARGET(400, "the request target has none of its four forms"),
    BAD_VERSION(400, "no HTTP version where one belongs"),
    UNSUPPORTED_VERSION(505, "an HTTP version other than 1.x"),
    BAD_STATUS(400, "the status is not three digits from 100 on"),
    BAD_REASON(400, "a control character in the reason phrase"),
    START_LINE_TOO_LONG(414, "the first line is longer than its limit"),
    BARE_CR(400, "CR without LF"),
    BARE_LF(400, "LF without CR"),
    SPACE_AFTER_START_LINE(400, "white space between the start line and the first field"),
    BAD_FIELD_NAME(400, "a field name is no token"),
    NO_COLON(400, "a field line without a colon"),
    SPACE_BEFORE_COLON(400, "white space between a field name and its colon"),
    BAD_FIELD_VALUE(400, "a control character in a field value"),
    OBS_FOLD(400, "a folded field value"),
    FIELD_TOO_LONG(431, "a field line is longer than its limit"),
    TOO_MANY_FIELDS(431, "more field lines than the limit"),
    HEAD_TOO_LARGE(431, "the head is larger than its limit"),
    NO_HOST(400, "a request of HTTP/1.1 without Host"),
    SEVERAL_HOSTS(400, "more than one Host"),
    BAD_HOST(400, "Host is no host and port"),
    BAD_CONTENT_LENGTH(400, "Content-Length is no number"),
    SEVERAL_CONTENT_LENGTHS(400, "more than one Content-Length"),
    CONTENT_LENGTH_WITH_TRANSFER_ENCODING(400, "Content-Length beside Transfer-Encoding"),
    BAD_TRANSFER_ENCODING(400, "Transfer-Encoding is no list of codings with chunked at its end"),
    TRANSFER_ENCODING_IN_HTTP_1_0(400, "Transfer-Encoding in HTTP/1.0"),
    UNKNOWN_TRANSFER_CODING(501, "a transfer coding that is not registered"),
    CONTENT_IN_CONNECT(400, "CONNECT announces content"),
    CONTENT_TOO_LARGE(413, "the content is larger than its limit"),
    BAD_CHUNK_SIZE(400, "a chunk size is no hexadecimal number"),
    BAD_CHUNK_EXTENSION(400, "a chunk extension is not of its form"),
    CHUNK_LINE_TOO_LONG(400, "a chunk's line is longer than its limit"),
    CHUNK_EXTENSIONS_TOO_LARGE(400, "the chunk extensions are larger than their limit"),
    NO_CRLF_AFTER_CHUNK(400, "the data of a chunk are not followed by CR LF"),
    FORBIDDEN_TRAILER(400, "a field that frames or routes the message among the trailers"),
    TRAILERS_TOO_LARGE(431, "the trailer section is larger than its limit"),
    DATA_AFTER_CLOSE(400, "data after a message that said close"),
    INCOMPLETE(400, "the input ended within a message");

    private final int status;
    private final String text;

    Fault(int status, String text) {
        this.status = status;
        this.text = text;
    }

    /// The status code for a client that sent this.
    public int status() {
        return status;
    }

    /// What is wrong, in words.
    public String text() {
        return text;
    }
}
