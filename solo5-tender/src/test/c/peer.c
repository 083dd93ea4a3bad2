// SPDX-License-Identifier: Apache-2.0
// peer INTERFACE FRAMES MTU: sends frames of all lengths to a guest that echoes them, a few at a
// time, and checks what comes back. At last it sends one that ends the guest.
#include <arpa/inet.h>
#include <linux/if_packet.h>
#include <net/if.h>
#include <poll.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { TYPE = 0x88b5, LAST = 0x88b6, WINDOW = 16, HEADER = 14, RETRY_MILLIS = 300, TRIES = 60 };

static int sock;

static int length_of(int number, int mtu) {
    int length = HEADER + 4 + number * 37 % (mtu - 3);
    return length < 60 ? 60 : length; // the shortest of Ethernet
}

static void fill(uint8_t *frame, int number, int length, int type) {
    static const uint8_t head[12] = {2, 0, 0, 0, 0, 1, 2, 0, 0, 0, 0, 2};
    memcpy(frame, head, sizeof head);
    frame[12] = type >> 8;
    frame[13] = type;
    memcpy(frame + HEADER, &number, 4);
    for (int i = HEADER + 4; i < length; i++)
        frame[i] = number + i;
}

static void send_frame(int number, int mtu, int type) {
    static uint8_t frame[70000];
    int length = length_of(number, mtu);
    fill(frame, number, length, type);
    send(sock, frame, length, 0); // it fails as long as nobody holds the other end
}

// The number of an echo that came, or -1 if none did.
static int receive(int mtu, int millis) {
    static uint8_t frame[70000];
    static uint8_t sent[70000];
    struct pollfd ready = {.fd = sock, .events = POLLIN};
    while (poll(&ready, 1, millis) > 0) {
        struct sockaddr_ll from;
        socklen_t size = sizeof from;
        int length = recvfrom(sock, frame, sizeof frame, 0, (struct sockaddr *)&from, &size);
        int number;
        memcpy(&number, frame + HEADER, 4);
        if (length < HEADER + 4 || from.sll_pkttype == PACKET_OUTGOING || frame[12] != TYPE >> 8)
            continue;
        fill(sent, number, length, frame[12] << 8 | frame[13]);
        if (length != length_of(number, mtu) || frame[5] != 2 || frame[11] != 1 ||
            memcmp(frame + 12, sent + 12, length - 12) != 0) {
            fprintf(stderr, "peer: frame %d of %d octets came back wrong\n", number, length);
            exit(1);
        }
        return number;
    }
    return -1;
}

int main(int count, char **words) {
    if (count != 4)
        return 2;
    int frames = atoi(words[2]);
    int mtu = atoi(words[3]);
    struct sockaddr_ll address = {.sll_family = AF_PACKET,
                                  .sll_protocol = htons(3), // all of them
                                  .sll_ifindex = if_nametoindex(words[1])};
    sock = socket(AF_PACKET, SOCK_RAW, htons(3));
    if (sock < 0 || bind(sock, (struct sockaddr *)&address, sizeof address) < 0) {
        perror("peer");
        return 1;
    }
    for (int first = 0; first < frames; first += WINDOW) {
        int missing = (1 << WINDOW) - 1;
        for (int try = 0; missing; try++) {
            if (try == TRIES) {
                fprintf(stderr, "peer: no echo of frame %d\n", first);
                return 1;
            }
            for (int i = 0; i < WINDOW; i++)
                if (missing >> i & 1)
                    send_frame(first + i, mtu, TYPE);
            for (int number; missing && (number = receive(mtu, RETRY_MILLIS)) >= 0;)
                if (number >= first && number < first + WINDOW)
                    missing &= ~(1 << (number - first));
        }
    }
    send_frame(frames, mtu, LAST);
    puts("peer: all came back");
    return 0;
}
