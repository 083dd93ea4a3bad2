// SPDX-License-Identifier: Apache-2.0
/*
 * Two Ethernet ports of lwIP with a cable in memory between them, both ends driven by the calling
 * thread through lwIP's raw API: the twin of TcpRows.
 *
 * flags: -I/usr/include/lwip -llwip
 * packages: liblwip-dev
 */
#include <lwip/etharp.h>
#include <lwip/init.h>
#include <lwip/netif.h>
#include <netif/ethernet.h>
#include <lwip/tcp.h>
#include <lwip/timeouts.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { PORT = 7, SLOTS = 256, SLOT_OCTETS = 2048, MTU = 1500 };

/* A frame on the cable; lwIP holds it until the application has read what is in it. */
struct slot {
    struct pbuf_custom pbuf; /* first: lwIP gives it back by this address */
    struct slot *next;
    uint8_t octets[SLOT_OCTETS];
};

static struct slot slots[SLOTS], *free_slots;

/* What waits for the port that reads it. */
struct lane {
    struct slot *ring[SLOTS];
    unsigned head, tail;
};

static struct netif near_port, far_port;
static struct lane to_near, to_far;
static struct tcp_pcb *client, *server;
static uint8_t data[1 << 16], sink[1 << 16];

/* What the application of an end has read. */
static int64_t near_read, far_read;

static void give_back(struct pbuf *p) {
    struct slot *slot = (struct slot *) p;
    slot->next = free_slots;
    free_slots = slot;
}

static err_t send_frame(struct netif *port, struct pbuf *p) {
    struct lane *lane = port == &near_port ? &to_far : &to_near;
    struct slot *slot = free_slots;
    if (slot == NULL || p->tot_len > SLOT_OCTETS) return ERR_MEM;
    free_slots = slot->next;
    slot->pbuf.custom_free_function = give_back;
    struct pbuf *frame = pbuf_alloced_custom(PBUF_RAW, p->tot_len, PBUF_REF, &slot->pbuf,
                                             slot->octets, SLOT_OCTETS);
    pbuf_copy_partial(p, frame->payload, p->tot_len, 0);
    lane->ring[lane->tail++ % SLOTS] = slot;
    return ERR_OK;
}

static err_t start_port(struct netif *port) {
    port->hwaddr_len = ETH_HWADDR_LEN;
    port->hwaddr[0] = 2;
    port->hwaddr[5] = port == &near_port ? 1 : 2;
    port->mtu = MTU;
    port->flags = NETIF_FLAG_BROADCAST | NETIF_FLAG_ETHARP | NETIF_FLAG_ETHERNET
            | NETIF_FLAG_LINK_UP;
    port->output = etharp_output;
    port->linkoutput = send_frame;
    return ERR_OK;
}

/* Lets a port take all that waits for it; says whether there was anything. */
static int deliver(struct lane *lane, struct netif *port) {
    int any = lane->head != lane->tail;
    while (lane->head != lane->tail) {
        struct pbuf *frame = &lane->ring[lane->head++ % SLOTS]->pbuf.pbuf;
        if (port->input(frame, port) != ERR_OK) pbuf_free(frame);
    }
    return any;
}

static void pump(void) {
    sys_check_timeouts();
    while (deliver(&to_far, &far_port) | deliver(&to_near, &near_port)) {
    }
}

static err_t receive(void *count, struct tcp_pcb *pcb, struct pbuf *p, err_t error) {
    (void) error;
    if (p == NULL) return ERR_OK;
    int64_t *octets = count;
    *octets += pbuf_copy_partial(p, sink, p->tot_len, 0);
    tcp_recved(pcb, p->tot_len);
    pbuf_free(p);
    return ERR_OK;
}

static err_t accepted(void *argument, struct tcp_pcb *pcb, err_t error) {
    (void) argument;
    (void) error;
    server = pcb;
    tcp_nagle_disable(pcb);
    tcp_arg(pcb, &far_read);
    tcp_recv(pcb, receive);
    return ERR_OK;
}

static err_t connected(void *argument, struct tcp_pcb *pcb, err_t error) {
    (void) argument;
    (void) pcb;
    return error;
}

static void add_port(struct netif *port, int last) {
    ip4_addr_t address, mask, gateway;
    IP4_ADDR(&address, 10, 0, 0, last);
    IP4_ADDR(&mask, 255, 255, 255, 0);
    IP4_ADDR(&gateway, 0, 0, 0, 0);
    netif_add(port, &address, &mask, &gateway, NULL, start_port, ethernet_input);
    netif_set_up(port);
}

/* Connects the two ports, once; 1 if they are connected. */
int64_t open_connection(int32_t times) {
    (void) times;
    if (server != NULL) return 1;
    for (int i = 0; i < SLOTS; i++) give_back((struct pbuf *) &slots[i]);
    lwip_init();
    add_port(&near_port, 1);
    add_port(&far_port, 2);
    /* Both ports are of one host here: each end keeps to its own. */
    struct tcp_pcb *listener = tcp_new();
    tcp_bind_netif(listener, &far_port);
    tcp_bind(listener, IP_ADDR_ANY, PORT);
    listener = tcp_listen(listener);
    tcp_accept(listener, accepted);
    client = tcp_new();
    tcp_bind_netif(client, &near_port);
    tcp_nagle_disable(client);
    tcp_arg(client, &near_read);
    tcp_recv(client, receive);
    tcp_connect(client, netif_ip_addr4(&far_port), PORT, connected);
    for (int i = 0; i < 100 && (server == NULL || client->state != ESTABLISHED); i++) pump();
    return server != NULL && client->state == ESTABLISHED;
}

/* Writes `length` octets as far as there is room; returns how many that were. */
static int64_t write_some(struct tcp_pcb *pcb, int64_t length) {
    int64_t room = tcp_sndbuf(pcb) < length ? tcp_sndbuf(pcb) : length;
    if (room == 0 || tcp_write(pcb, data, (u16_t) room, TCP_WRITE_FLAG_COPY) != ERR_OK) room = 0;
    tcp_output(pcb);
    return room;
}

/* One way: writes `length` octets, at the other end reads them. */
int64_t bulk(int32_t times, int64_t length) {
    int64_t before = far_read;
    for (int32_t turn = 0; turn < times; turn++) {
        int64_t target = far_read + length, written = 0;
        while (far_read < target) {
            written += write_some(client, length - written);
            pump();
        }
    }
    return far_read - before;
}

/* There and back: `length` octets each way. */
int64_t round_trip(int32_t times, int64_t length) {
    int64_t before = near_read + far_read;
    for (int32_t turn = 0; turn < times; turn++) {
        int64_t far_target = far_read + length, near_target = near_read + length;
        write_some(client, length);
        while (far_read < far_target) pump();
        write_some(server, length);
        while (near_read < near_target) pump();
    }
    return near_read + far_read - before;
}
