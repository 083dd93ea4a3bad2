// SPDX-License-Identifier: Apache-2.0
/*
 * What a C programmer writes to read a DNS message with ldns: the twin of DnsRows.
 *
 * flags: -lldns
 * packages: libldns-dev
 */
#include <ldns/ldns.h>
#include <stdint.h>

static int64_t sum(const ldns_rr_list *records) {
    int64_t sum = 0;
    for (size_t i = 0; i < ldns_rr_list_rr_count(records); i++) {
        const ldns_rr *record = ldns_rr_list_rr(records, i);
        sum += ldns_rr_get_type(record) + ldns_rr_ttl(record);
    }
    return sum;
}

int64_t parse_ldns(int32_t times, const uint8_t *message, int64_t length) {
    int64_t total = 0;
    for (int32_t turn = 0; turn < times; turn++) {
        ldns_pkt *packet;
        if (ldns_wire2pkt(&packet, message, (size_t) length) != LDNS_STATUS_OK) continue;
        total += ldns_pkt_id(packet) + sum(ldns_pkt_answer(packet))
                + sum(ldns_pkt_authority(packet)) + sum(ldns_pkt_additional(packet));
        ldns_pkt_free(packet);
    }
    return total;
}
