// SPDX-License-Identifier: Apache-2.0
/*
 * What a C programmer writes to parse a URI, with uriparser and with libcurl: the twin of UriRows.
 * The texts come as UriTexts lays them out.
 *
 * flags: -luriparser -lcurl
 * packages: liburiparser-dev libcurl4-openssl-dev
 */
#include <curl/curl.h>
#include <stdint.h>
#include <stdlib.h>
#include <uriparser/Uri.h>

struct texts {
    const int32_t *starts;
    const char *base;
    int64_t count;
};

static struct texts texts_at(const int32_t *memory, int64_t count) {
    return (struct texts) { memory, (const char *) (memory + count + 1), count };
}

int64_t parse_uriparser(int32_t times, const int32_t *memory, int64_t count) {
    struct texts texts = texts_at(memory, count);
    int64_t parsed = 0;
    for (int64_t turn = 0, i = 0; turn < times; turn++) {
        UriUriA uri;
        const char *error;
        const char *text = texts.base + texts.starts[i];
        const char *end = texts.base + texts.starts[i + 1] - 1;
        parsed += uriParseSingleUriExA(&uri, text, end, &error) == URI_SUCCESS;
        uriFreeUriMembersA(&uri);
        if (++i == count) i = 0;
    }
    return parsed;
}

int64_t print_uriparser(int32_t times, const int32_t *memory, int64_t count) {
    struct texts texts = texts_at(memory, count);
    int64_t octets = 0;
    for (int64_t turn = 0, i = 0; turn < times; turn++) {
        UriUriA uri;
        const char *error;
        char printed[4096];
        int written = 0;
        const char *text = texts.base + texts.starts[i];
        const char *end = texts.base + texts.starts[i + 1] - 1;
        if (uriParseSingleUriExA(&uri, text, end, &error) == URI_SUCCESS) {
            uriToStringA(printed, &uri, sizeof printed, &written);
            octets += written - 1; /* it counts the NUL */
        }
        uriFreeUriMembersA(&uri);
        if (++i == count) i = 0;
    }
    return octets;
}

int64_t parse_curl(int32_t times, const int32_t *memory, int64_t count) {
    struct texts texts = texts_at(memory, count);
    int64_t parsed = 0;
    for (int64_t turn = 0, i = 0; turn < times; turn++) {
        CURLU *url = curl_url();
        parsed += curl_url_set(url, CURLUPART_URL, texts.base + texts.starts[i], 0) == CURLUE_OK;
        curl_url_cleanup(url);
        if (++i == count) i = 0;
    }
    return parsed;
}
