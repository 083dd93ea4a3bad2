// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.http;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Which of several representations a client likes best, by Accept and its kin (RFC 9110, 12.5).
/// Offers stand in the server's own order, which decides among equals. An element that is not of
/// the form is passed over; a field that is not there accepts everything.
public final class Negotiation {
    private static final int FULL = 1000;

    /// An element of such a field with its weight in thousandths.
    private record Range(String text, Map<String, String> parameters, int weight) {}

    /// The media type to send, by Accept.
    public static Optional<MediaType> mediaType(Fields request, List<MediaType> offers) {
        List<Range> ranges = ranges(request, "accept");
        return best(offers, offer -> ranges.isEmpty() ? FULL : mediaWeight(ranges, offer));
    }

    /// The content coding to send, by Accept-Encoding; offers may have `identity`, which is
    /// acceptable unless it is excluded.
    public static Optional<String> encoding(Fields request, List<String> offers) {
        if (!request.contains("accept-encoding")) {
            return offers.contains("identity")
                    ? Optional.of("identity")
                    : offers.stream().findFirst();
        }
        List<Range> ranges = ranges(request, "accept-encoding");
        return best(offers, offer -> encodingWeight(ranges, offer));
    }

    /// The charset to send, by Accept-Charset.
    public static Optional<String> charset(Fields request, List<String> offers) {
        List<Range> ranges = ranges(request, "accept-charset");
        return best(offers, offer -> ranges.isEmpty() ? FULL : tokenWeight(ranges, offer, 0));
    }

    /// The language to send, by Accept-Language: a range fits a tag that it is, or begins (basic
    /// filtering, RFC 4647, 3.3.1).
    public static Optional<String> language(Fields request, List<String> offers) {
        List<Range> ranges = ranges(request, "accept-language");
        return best(offers, offer -> ranges.isEmpty() ? FULL : languageWeight(ranges, offer));
    }

    /// The one language to send, by Accept-Language: the ranges in the order in which they are
    /// liked, each made shorter until a tag is equal to it (lookup, RFC 4647, 3.4). Nothing where
    /// none is, and then a default of the server's fits; `*` asks for that too.
    public static Optional<String> languageLookup(Fields request, List<String> offers) {
        List<Range> liked = new ArrayList<>(ranges(request, "accept-language"));
        liked.removeIf(range -> range.weight == 0 || range.text.equals("*"));
        liked.sort(Comparator.comparingInt(range -> -range.weight));
        for (Range range : liked) {
            for (String text = range.text; !text.isEmpty(); text = shorter(text)) {
                for (String offer : offers) {
                    if (offer.equalsIgnoreCase(text)) return Optional.of(offer);
                }
            }
        }
        return Optional.empty();
    }

    /// Without the last subtag, nor a single letter or digit before it, which would begin one.
    private static String shorter(String range) {
        int end = range.lastIndexOf('-');
        if (end >= 2 && range.charAt(end - 2) == '-') {
            end -= 2;
        }
        return range.substring(0, Math.max(0, end));
    }

    private interface Weight<T> {
        int of(T offer);
    }

    private static <T> Optional<T> best(List<T> offers, Weight<T> weight) {
        T best = null;
        int most = 0;
        for (T offer : offers) {
            int liked = weight.of(offer);
            if (liked > most) {
                best = offer;
                most = liked;
            }
        }
        return Optional.ofNullable(best);
    }

    /// The most specific range that fits counts (12.5.1).
    private static int mediaWeight(List<Range> ranges, MediaType offer) {
        int weight = 0;
        int precision = -1;
        for (Range range : ranges) {
            int fits = precision(range, offer);
            if (fits > precision) {
                precision = fits;
                weight = range.weight;
            }
        }
        return weight;
    }

    private static int precision(Range range, MediaType offer) {
        int slash = range.text.indexOf('/');
        String type = range.text.substring(0, Math.max(0, slash));
        String subtype = range.text.substring(slash + 1);
        if (type.equals("*") && subtype.equals("*")) return 0;
        if (!type.equals(offer.type())) return -1;
        if (subtype.equals("*")) return 1;
        if (!subtype.equals(offer.subtype())) return -1;
        for (Map.Entry<String, String> parameter : range.parameters.entrySet()) {
            String offered = offer.parameters().get(parameter.getKey());
            if (offered == null || !offered.equalsIgnoreCase(parameter.getValue())) return -1;
        }
        return 2 + range.parameters.size();
    }

    private static int encodingWeight(List<Range> ranges, String offer) {
        int weight = tokenWeight(ranges, offer, -1);
        if (weight >= 0) return weight;
        // Without a word about it, identity is the last resort.
        return offer.equals("identity") ? 1 : 0;
    }

    private static int tokenWeight(List<Range> ranges, String offer, int otherwise) {
        int any = otherwise;
        for (Range range : ranges) {
            if (range.text.equalsIgnoreCase(offer)) return range.weight;
            if (range.text.equals("*")) {
                any = range.weight;
            }
        }
        return any;
    }

    private static int languageWeight(List<Range> ranges, String offer) {
        String tag = offer.toLowerCase(Locale.ROOT);
        int weight = 0;
        int length = -1;
        for (Range range : ranges) {
            boolean any = range.text.equals("*");
            boolean fits = any || tag.equals(range.text) || tag.startsWith(range.text + "-");
            int precision = any ? 0 : range.text.length();
            if (fits && precision > length) {
                length = precision;
                weight = range.weight;
            }
        }
        return weight;
    }

    private static List<Range> ranges(Fields request, String name) {
        List<Range> ranges = new ArrayList<>();
        var field = new FieldText(request.list(name).orElse(""));
        while (field.nextElement()) {
            String text = field.until(",; \t").toLowerCase(Locale.ROOT);
            Map<String, String> parameters = field.parameters();
            if (parameters == null || text.isEmpty() || !field.elementEnds()) {
                field.skipElement();
                continue;
            }
            Map<String, String> others = new HashMap<>(parameters);
            String q = others.remove("q");
            int weight = q == null ? FULL : FieldText.weight(q);
            if (weight >= 0) {
                ranges.add(new Range(text, others, weight));
            }
        }
        return ranges;
    }

    private Negotiation() {}
}
