// SPDX-License-Identifier: Apache-2.0

package io.mirage4j.uri;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// A message to be written, as a `mailto:` URI describes it (RFC 6068). All texts are plain,
/// without escapes.
///
/// @param to the addresses before the `?`
/// @param headers the fields behind it, in their order; the one named `body` is the message itself
public record Mailto(List<String> to, List<Header> headers) implements MailtoResult {
    /// A header field. What a program makes of one should depend on its name: RFC 6068, 4 warns of
    /// those that are not harmless.
    public record Header(String name, String value) {}

    private static final String SCHEME = "mailto";
    private static final PercentSet ADDRESS = PercentSet.UNRESERVED.with("!$'*+:@");
    private static final PercentSet QCHAR = PercentSet.UNRESERVED.with("!$'()*+,;:@");

    public Mailto {
        to = List.copyOf(to);
        headers = List.copyOf(headers);
    }

    /// A message to these addresses.
    public static Mailto to(String... addresses) {
        return new Mailto(List.of(addresses), List.of());
    }

    /// Takes a URI apart.
    public static MailtoResult of(Uri uri) {
        if (!uri.hasScheme(SCHEME)) {
            return UriError.schemeSpecific(Component.SCHEME, 0, "the scheme is not mailto");
        }
        if (uri.hasAuthority()) {
            return UriError.schemeSpecific(
                    Component.HOST, SCHEME.length() + 3, "an authority instead of an address");
        }
        List<String> to = new ArrayList<>();
        int at = uri.pathStart();
        for (String address : pieces(uri.path(), ',')) {
            if (!isAddress(address)) {
                return UriError.schemeSpecific(Component.PATH, at, "no mail address: " + address);
            }
            to.add(PercentSet.decode(address));
            at += address.length() + 1;
        }
        List<Header> headers = new ArrayList<>();
        at = uri.pathEnd() + 1;
        for (String field : pieces(uri.query().orElse(""), '&')) {
            int equals = field.indexOf('=');
            if (equals <= 0) {
                return UriError.schemeSpecific(Component.QUERY, at, "no header field: " + field);
            }
            String name = PercentSet.decode(field.substring(0, equals));
            headers.add(new Header(name, PercentSet.decode(field.substring(equals + 1))));
            at += field.length() + 1;
        }
        return new Mailto(to, headers);
    }

    private static List<String> pieces(String text, char separator) {
        List<String> pieces = new ArrayList<>();
        if (text.isEmpty()) return pieces;
        int start = 0;
        for (int end; (end = text.indexOf(separator, start)) >= 0; start = end + 1) {
            pieces.add(text.substring(start, end));
        }
        pieces.add(text.substring(start));
        return pieces;
    }

    private static boolean isAddress(String text) {
        int sign = PercentSet.decode(text).lastIndexOf('@');
        return sign > 0 && !text.endsWith("@");
    }

    /// All addresses that the message goes to openly: those before the `?` and those of fields
    /// named `to`, which may hold several with commas between.
    public List<String> recipients() {
        List<String> recipients = new ArrayList<>(to);
        for (Header header : headers) {
            if (header.name().equalsIgnoreCase("to")) {
                pieces(header.value(), ',').forEach(address -> recipients.add(address.strip()));
            }
        }
        return recipients;
    }

    public Optional<String> subject() {
        return header("subject");
    }

    /// The text of the message.
    public Optional<String> body() {
        return header("body");
    }

    /// The value of the first field of this name, in whatever case.
    public Optional<String> header(String name) {
        return headers.stream()
                .filter(header -> header.name().equalsIgnoreCase(name))
                .map(Header::value)
                .findFirst();
    }

    /// With one more field.
    public Mailto with(String name, String value) {
        List<Header> more = new ArrayList<>(headers);
        more.add(new Header(name, value));
        return new Mailto(to, more);
    }

    /// The URI of this. A line break of any kind becomes one of mail, CR and LF.
    public Uri toUri() {
        String addresses = to.stream().map(ADDRESS::encode).collect(Collectors.joining(","));
        String fields =
                headers.stream()
                        .map(field -> encode(field.name()) + "=" + encode(field.value()))
                        .collect(Collectors.joining("&"));
        return Uri.of(SCHEME + ":" + addresses + (fields.isEmpty() ? "" : "?" + fields));
    }

    private static String encode(String text) {
        String newlines = text.replace("\r\n", "\n").replace('\r', '\n');
        return QCHAR.encode(newlines.replace("\n", "\r\n"));
    }
}
