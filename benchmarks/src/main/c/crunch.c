// SPDX-License-Identifier: Apache-2.0
/*
 * What a C programmer takes to find content by its path: a minimal perfect hash of cmph (CHD, as
 * its manual recommends), then a comparison with the path that is there. The twin of CrunchRows.
 *
 * flags: -lcmph
 * packages: libcmph-dev
 */
#include <cmph.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

struct entry {
    const char *path;
    uint32_t length;
    uint32_t size;
};

static cmph_t *hash;
static struct entry *entries;

/* starts[i] .. starts[i + 1] - 1 is path i, in octets behind the starts; its content has i % 7 octets. */
static void index_once(const int32_t *starts, int64_t count) {
    if (hash) return;
    const char *octets = (const char *) (starts + count + 1);
    char **paths = malloc(sizeof *paths * count);
    for (int64_t i = 0; i < count; i++) {
        paths[i] = strndup(octets + starts[i], starts[i + 1] - starts[i]);
    }
    cmph_io_adapter_t *source = cmph_io_vector_adapter(paths, count);
    cmph_config_t *config = cmph_config_new(source);
    cmph_config_set_algo(config, CMPH_CHD);
    hash = cmph_new(config);
    cmph_config_destroy(config);
    entries = malloc(sizeof *entries * count);
    for (int64_t i = 0; i < count; i++) {
        uint32_t length = starts[i + 1] - starts[i];
        entries[cmph_search(hash, paths[i], length)] = (struct entry) { paths[i], length, i % 7 };
    }
}

int64_t find_cmph(int32_t times, const int32_t *starts, int64_t count) {
    index_once(starts, count);
    const char *octets = (const char *) (starts + count + 1);
    int64_t sizes = 0;
    for (int64_t turn = 0, i = 0; turn < times; turn++) {
        const char *path = octets + starts[i];
        uint32_t length = starts[i + 1] - starts[i];
        const struct entry *entry = &entries[cmph_search(hash, path, length)];
        if (entry->length == length && memcmp(entry->path, path, length) == 0) sizes += entry->size;
        if (++i == count) i = 0;
    }
    return sizes;
}
