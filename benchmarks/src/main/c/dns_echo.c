// SPDX-License-Identifier: Apache-2.0
/*
 * What the kernel takes for a name server that does nothing: each datagram goes back as an answer,
 * as many by one call as there are. The floor below DnsServedRows.
 *
 * usage: dns_echo PORT
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#define BATCH 32
#define OCTETS 4096
#define QR 0x80

int main(int count, char **arguments) {
    static unsigned char buffers[BATCH][OCTETS + 64];
    static struct sockaddr_in senders[BATCH];
    static struct iovec vectors[BATCH];
    static struct mmsghdr messages[BATCH];
    struct sockaddr_in local = {.sin_family = AF_INET};
    if (count != 2) return 2;
    local.sin_port = htons((unsigned short)atoi(arguments[1]));
    local.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    int port = socket(AF_INET, SOCK_DGRAM, 0);
    if (port < 0 || bind(port, (struct sockaddr *)&local, sizeof local) != 0) {
        perror("dns_echo");
        return 1;
    }
    for (int i = 0; i < BATCH; i++) {
        vectors[i].iov_base = buffers[i];
        messages[i].msg_hdr.msg_iov = &vectors[i];
        messages[i].msg_hdr.msg_iovlen = 1;
        messages[i].msg_hdr.msg_name = &senders[i];
    }
    for (;;) {
        for (int i = 0; i < BATCH; i++) {
            vectors[i].iov_len = OCTETS;
            messages[i].msg_hdr.msg_namelen = sizeof senders[i];
        }
        int received = recvmmsg(port, messages, BATCH, MSG_WAITFORONE, NULL);
        for (int i = 0; i < received; i++) {
            buffers[i][2] |= QR;
            vectors[i].iov_len = messages[i].msg_len;
        }
        for (int sent = 0; sent < received;) {
            int now = sendmmsg(port, messages + sent, (unsigned)(received - sent), 0);
            sent += now > 0 ? now : 1;
        }
    }
}
