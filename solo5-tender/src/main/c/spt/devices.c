// SPDX-License-Identifier: Apache-2.0
#define _GNU_SOURCE
#include "spt.h"

#include <fcntl.h>
#include <linux/ethtool.h>
#include <linux/if.h>
#include <linux/if_tun.h>
#include <linux/sockios.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/random.h>
#include <sys/socket.h>
#include <unistd.h>

enum { USUAL_MTU = 1500, SMALLEST_SECTOR = 512, LARGEST_SECTOR = 32768, LARGEST_MTU = 65535 - 14 };

static int asking; // a socket, to ask the kernel about interfaces

static int mtu_of(struct ifreq *request) {
    if (ioctl(asking, SIOCGIFMTU, request) < 0)
        refuse_errno("interface %s", request->ifr_name);
    return request->ifr_mtu;
}

// An aggregated frame of 64 KiB would be cut to the guest's buffer. Not all interfaces can.
static void switch_off(struct ifreq *request, uint32_t command) {
    struct ethtool_value value = {.cmd = command};
    request->ifr_data = (void *)&value;
    ioctl(asking, SIOCETHTOOL, request);
}

static int open_tap(const char *name, int *mtu) {
    struct ifreq request = {0};
    if (strlen(name) >= IFNAMSIZ)
        refuse("interface '%s': a name has 1 to %d octets", name, IFNAMSIZ - 1);
    strcpy(request.ifr_name, name);
    // Asked first, because opening a name that does not exist would create it.
    if (ioctl(asking, SIOCGIFFLAGS, &request) < 0)
        refuse_errno("interface %s (create it: ip tuntap add dev %s mode tap)", name, name);
    if (!(request.ifr_flags & (IFF_UP | IFF_RUNNING)))
        refuse("interface %s is down: ip link set dev %s up", name, name);
    int tap = open("/dev/net/tun", O_RDWR | O_NONBLOCK | O_CLOEXEC);
    request.ifr_flags = IFF_TAP | IFF_NO_PI;
    if (tap < 0 || ioctl(tap, TUNSETIFF, &request) < 0)
        refuse_errno("interface %s", name);
    // Checksums that somebody who had it before took undone: an interface that stays remembers that.
    if (ioctl(tap, TUNSETOFFLOAD, 0) < 0)
        refuse_errno("interface %s", name);
    *mtu = mtu_of(&request);
    switch_off(&request, ETHTOOL_SGRO);
    switch_off(&request, ETHTOOL_SGSO);
    return tap;
}

// `@NN`, which somebody opened for us. One that is no TAP has no name to ask by.
static int given_descriptor(const char *text, int *mtu) {
    struct ifreq request = {0};
    char *end;
    long descriptor = strtol(text + 1, &end, 10);
    if (text[1] < '0' || text[1] > '9' || *end || descriptor > 1 << 20)
        refuse("descriptor '%s': write @ and a number", text);
    if (fcntl(descriptor, F_SETFL, O_NONBLOCK) < 0)
        refuse_errno("descriptor %s", text);
    *mtu = ioctl(descriptor, TUNGETIFF, &request) < 0 ? USUAL_MTU : mtu_of(&request);
    return descriptor;
}

static void attach_net(struct entry *entry, const char *value) {
    int mtu;
    entry->descriptor = *value == '@' ? given_descriptor(value, &mtu) : open_tap(value, &mtu);
    if (mtu > LARGEST_MTU)
        refuse("network device '%s': MTU %d > %d; set a smaller one", entry->name, mtu,
               LARGEST_MTU);
    entry->network.mtu = mtu;
    entry->attached = 1;
}

static void attach_block(struct entry *entry, const char *path) {
    int file = open(path, O_RDWR | O_CLOEXEC);
    off_t capacity = file < 0 ? -1 : lseek(file, 0, SEEK_END);
    if (capacity < 0)
        refuse_errno("%s", path);
    entry->descriptor = file;
    entry->block.capacity = capacity;
    entry->attached = 1;
}

static void set_mac(struct entry *entry, const struct attachment *option) {
    unsigned octet[6];
    int end = 0;
    const char *value = option->value;
    if (sscanf(value, "%2x:%2x:%2x:%2x:%2x:%2x%n", &octet[0], &octet[1], &octet[2], &octet[3],
               &octet[4], &octet[5], &end) != 6 ||
        value[end] || end != 17 || strspn(value, "0123456789abcdefABCDEF:") != 17)
        refuse("option '%s': write an address as 02:00:00:00:00:01", option->word);
    for (int i = 0; i < 6; i++)
        entry->network.mac[i] = octet[i];
}

static void set_sector(struct entry *entry, const struct attachment *option) {
    char *end;
    unsigned long octets = strtoul(option->value, &end, 10);
    if (*end || octets < SMALLEST_SECTOR || octets > LARGEST_SECTOR || (octets & (octets - 1)))
        refuse("block device '%s': sectors of %s octets; give a power of two from %d to %d",
               entry->name, option->value, SMALLEST_SECTOR, LARGEST_SECTOR);
    entry->block.sector = octets;
}

// The names of the image's devices of a type, for a message.
static const char *names(const struct manifest *manifest, uint32_t type) {
    static char text[MOST_ENTRIES * (NAME_OCTETS + 2)];
    for (uint32_t i = 0; i < manifest->entries; i++)
        if (manifest->entry[i].type == type) {
            strcat(text, *text ? ", " : "");
            strcat(text, manifest->entry[i].name);
        }
    return *text ? text : "none";
}

static struct entry *find(struct manifest *manifest, const struct attachment *option) {
    uint32_t type = option->kind == NET || option->kind == NET_MAC ? NETWORK : BLOCK;
    for (uint32_t i = 0; i < manifest->entries; i++)
        if (manifest->entry[i].type == type && strcmp(manifest->entry[i].name, option->name) == 0)
            return &manifest->entry[i];
    const char *kind = type == NETWORK ? "network" : "block";
    refuse("option '%s': the image has no %s device '%s'; its %s devices: %s", option->word, kind,
           option->name, kind, names(manifest, type));
}

static void complete_net(struct entry *entry) {
    static const uint8_t none[6];
    uint8_t *mac = entry->network.mac;
    if (!entry->attached)
        refuse("network device '%s' is declared by the image but not attached; attach it by "
               "--net:%s=TAP",
               entry->name, entry->name);
    if (memcmp(mac, none, sizeof none) != 0)
        return;
    if (getrandom(mac, 6, 0) != 6)
        refuse_errno("random address of network device '%s'", entry->name);
    mac[0] = (mac[0] & 0xfc) | 2; // local, not a group
}

static void complete_block(struct entry *entry) {
    if (!entry->attached)
        refuse("block device '%s' is declared by the image but not attached; attach it by "
               "--block:%s=FILE",
               entry->name, entry->name);
    if (entry->block.sector == 0)
        entry->block.sector = SMALLEST_SECTOR;
    if (entry->block.capacity == 0 || entry->block.capacity % entry->block.sector != 0)
        refuse("block device '%s': %lu octets are not one or more whole sectors of %u; use a file "
               "of such a length",
               entry->name, entry->block.capacity, entry->block.sector);
}

void devices_attach(struct manifest *manifest, const struct options *options) {
    asking = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    // What the file says there is nobody's business.
    for (uint32_t i = 0; i < manifest->entries; i++) {
        memset(manifest->entry[i].octets, 0, sizeof manifest->entry[i].octets);
        manifest->entry[i].host = 0;
    }
    for (int i = 0; i < options->attachments; i++) {
        const struct attachment *option = &options->attachment[i];
        struct entry *entry = find(manifest, option);
        switch (option->kind) {
        case NET: attach_net(entry, option->value); break;
        case NET_MAC: set_mac(entry, option); break;
        case BLOCK_FILE: attach_block(entry, option->value); break;
        case BLOCK_SECTOR: set_sector(entry, option); break;
        }
    }
    for (uint32_t i = 0; i < manifest->entries; i++) {
        struct entry *entry = &manifest->entry[i];
        if (entry->type == NETWORK)
            complete_net(entry);
        else if (entry->type == BLOCK)
            complete_block(entry);
    }
    close(asking);
}
