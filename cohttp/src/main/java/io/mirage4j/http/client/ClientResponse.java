// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.http.client;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.http.ContentSource;
import io.mirage4j.http.Fields;
import io.mirage4j.http.MediaType;
import io.mirage4j.http.Response;
import io.mirage4j.platform.Flow;
import io.mirage4j.uri.Uri;

import org.jspecify.annotations.Nullable;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/// A response, its content still to be read. Closed when that was read to its end, the connection
/// serves again; closed earlier, it ends.
public final class ClientResponse implements Closeable {
    private static final int BUFFER = 8 << 10;
    private static final int READ_AWAY = 64 << 10;

    private final Response head;
    private final Uri uri;
    private final ContentSource content;
    private final @Nullable Flow tunnel;
    private final Runnable whenClosed;

    ClientResponse(Response head, Uri uri, ContentSource content, Runnable whenClosed) {
        this(head, uri, content, null, whenClosed);
    }

    /// @param tunnel what the connection has become, with 101
    ClientResponse(
            Response head,
            Uri uri,
            ContentSource content,
            @Nullable Flow tunnel,
            Runnable whenClosed) {
        this.head = head;
        this.uri = uri;
        this.content = content;
        this.tunnel = tunnel;
        this.whenClosed = whenClosed;
    }

    /// The same response, its content read through another source.
    ClientResponse withContent(ContentSource other) {
        return new ClientResponse(head, uri, other, tunnel, whenClosed);
    }

    public int status() {
        return head.status();
    }

    public Fields fields() {
        return head.fields();
    }

    /// Who answered: the last of the redirects.
    public Uri uri() {
        return uri;
    }

    public ContentSource content() {
        return content;
    }

    /// The flow of the connection where the server went over to what [ClientRequest#upgrade] asked
    /// for: it speaks the other protocol from here on, without any deadline of the client's, and
    /// ends with this response.
    ///
    /// @throws IllegalStateException if the status is not 101
    public Flow tunnel() {
        Flow tunnel = this.tunnel;
        if (tunnel == null) throw new IllegalStateException("no other protocol: " + status());
        return tunnel;
    }

    /// All of the content.
    ///
    /// @throws IOException if it is more than `mostOctets`, or ends too early
    public byte[] octets(int mostOctets) throws IOException {
        var all = new ByteArrayOutputStream();
        Cstruct buf = Cstruct.create(BUFFER);
        for (int count; (count = content.read(buf)) != ContentSource.END; ) {
            if (all.size() + count > mostOctets) {
                throw new IOException("content of more than " + mostOctets + " octets");
            }
            all.writeBytes(buf.toByteArray(0, count));
        }
        return all.toByteArray();
    }

    /// All of the content as text, in UTF-8 unless Content-Type has ISO-8859-1 or US-ASCII.
    public String text(int mostOctets) throws IOException {
        String charset =
                fields().first("content-type")
                        .flatMap(MediaType::parse)
                        .flatMap(MediaType::charset)
                        .orElse("utf-8");
        boolean latin =
                charset.equalsIgnoreCase("iso-8859-1") || charset.equalsIgnoreCase("us-ascii");
        Charset known = latin ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8;
        return new String(octets(mostOctets), known);
    }

    /// Closes what nobody reads: with the end of its content, if that is not far, so that the
    /// connection can be used again.
    void finish() {
        Cstruct buf = Cstruct.create(BUFFER);
        try {
            for (int left = READ_AWAY, count = 0; left > 0 && count != ContentSource.END; ) {
                count = content.read(buf);
                left -= count;
            }
        } catch (IOException e) {
            // It costs the connection, and nothing else.
        }
        close();
    }

    @Override
    public void close() {
        whenClosed.run();
    }
}
