// SPDX-License-Identifier: Apache-2.0
/*
 * What a C programmer parses requests with: http-parser, the state machine that Node.js was made of,
 * and a parser of the kind of picohttpparser, which knows that the whole head is there and finds
 * the ends of values sixteen octets at a time. The twin of HttpRows: a turn parses one request, and
 * adds its length and the number of its fields.
 *
 * flags: -lhttp_parser
 * packages: libhttp-parser-dev
 */
#include <http_parser.h>
#include <stdint.h>
#include <string.h>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

static int count_field(http_parser *parser, const char *at, size_t length) {
    (void) at;
    (void) length;
    ++*(int64_t *) parser->data;
    return 0;
}

static int keep_span(http_parser *parser, const char *at, size_t length) {
    (void) parser;
    __asm__ volatile("" : : "r"(at), "r"(length) : "memory");
    return 0;
}

int64_t parse_http_parser(int32_t times, const char *request, int64_t length) {
    http_parser_settings settings;
    http_parser_settings_init(&settings);
    settings.on_url = keep_span;
    settings.on_header_field = count_field;
    settings.on_header_value = keep_span;
    int64_t sum = 0;
    for (int32_t turn = 0; turn < times; turn++) {
        http_parser parser;
        int64_t fields = 0;
        http_parser_init(&parser, HTTP_REQUEST);
        parser.data = &fields;
        sum += http_parser_execute(&parser, &settings, request, length) + fields;
    }
    return sum;
}

struct span {
    const char *at;
    size_t length;
};

struct head {
    struct span method, target;
    int minor;
    struct span names[100], values[100];
    int fields;
};

static const char token[256] = {
    ['!'] = 1, ['#'] = 1, ['$'] = 1, ['%'] = 1, ['&'] = 1, ['\''] = 1, ['*'] = 1, ['+'] = 1,
    ['-'] = 1, ['.'] = 1, ['^'] = 1, ['_'] = 1, ['`'] = 1, ['|'] = 1, ['~'] = 1,
    ['0' ... '9'] = 1, ['A' ... 'Z'] = 1, ['a' ... 'z'] = 1,
};

/* The first control character but tab; the end of the input if there is none. */
static const char *skip_value(const char *at, const char *end) {
#ifdef __SSE2__
    const __m128i space = _mm_set1_epi8(0x1f), del = _mm_set1_epi8(0x7f), tab = _mm_set1_epi8('\t');
    while (end - at >= 16) {
        __m128i x = _mm_loadu_si128((const __m128i *) at);
        __m128i low = _mm_cmpeq_epi8(_mm_max_epu8(x, space), space);
        __m128i stop = _mm_andnot_si128(_mm_cmpeq_epi8(x, tab), _mm_or_si128(low, _mm_cmpeq_epi8(x, del)));
        int mask = _mm_movemask_epi8(stop);
        if (mask) return at + __builtin_ctz(mask);
        at += 16;
    }
#endif
    while (at < end && (((unsigned char) *at >= ' ' && *at != 0x7f) || *at == '\t')) at++;
    return at;
}

static const char *skip_target(const char *at, const char *end) {
#ifdef __SSE2__
    const __m128i low = _mm_set1_epi8(0x20), del = _mm_set1_epi8(0x7f);
    while (end - at >= 16) {
        __m128i x = _mm_loadu_si128((const __m128i *) at);
        __m128i stop = _mm_or_si128(
            _mm_cmpeq_epi8(_mm_max_epu8(x, low), low), _mm_cmpeq_epi8(_mm_min_epu8(x, del), del));
        int mask = _mm_movemask_epi8(stop);
        if (mask) return at + __builtin_ctz(mask);
        at += 16;
    }
#endif
    while (at < end && *at > ' ' && *at < 0x7f) at++;
    return at;
}

static const char *skip_token(const char *at, const char *end) {
    while (at < end && token[(unsigned char) *at]) at++;
    return at;
}

/* How many octets the head has; 0 for one that is not whole or not sound. */
static int64_t parse_head(const char *begin, const char *end, struct head *head) {
    const char *at = skip_token(begin, end);
    if (at == begin || at == end || *at != ' ') return 0;
    head->method = (struct span) { begin, at - begin };
    const char *from = ++at;
    at = skip_target(at, end);
    if (at == from || end - at < 11 || *at != ' ') return 0;
    head->target = (struct span) { from, at - from };
    if (memcmp(at, " HTTP/1.", 8) || at[9] != '\r' || at[10] != '\n') return 0;
    head->minor = at[8] - '0';
    at += 11;
    head->fields = 0;
    for (;;) {
        if (end - at < 2) return 0;
        if (*at == '\r') return at[1] == '\n' ? at + 2 - begin : 0;
        if (head->fields == 100) return 0;
        from = at;
        at = skip_token(at, end);
        if (at == from || at == end || *at != ':') return 0;
        head->names[head->fields] = (struct span) { from, at - from };
        at++;
        while (at < end && (*at == ' ' || *at == '\t')) at++;
        from = at;
        at = skip_value(at, end);
        if (end - at < 2 || at[0] != '\r' || at[1] != '\n') return 0;
        const char *last = at;
        while (last > from && (last[-1] == ' ' || last[-1] == '\t')) last--;
        head->values[head->fields++] = (struct span) { from, last - from };
        at += 2;
    }
}

int64_t parse_pico(int32_t times, const char *request, int64_t length) {
    int64_t sum = 0;
    for (int32_t turn = 0; turn < times; turn++) {
        struct head head;
        sum += parse_head(request, request + length, &head) + head.fields;
        __asm__ volatile("" : : "r"(&head) : "memory");
    }
    return sum;
}
