// SPDX-License-Identifier: Apache-2.0
// A guest of many commands, the first word of its command line. It is linked without a device, with
// a network device (-DNETWORK), or with a block device (-DBLOCK).
#include "board.h"

#ifdef NETWORK
#define DEVICES , {.name = "service0", .type = 2}
#define COUNT 2
#elif defined BLOCK
#define DEVICES , {.name = "storage", .type = 1}
#define COUNT 2
#else
#define DEVICES
#define COUNT 1
#endif

#ifdef HVT
#define TARGET 1
#else
#define TARGET 2
#endif

__attribute__((section(".note.abi"), aligned(4), used)) static const struct {
    uint32_t name_size, size, type;
    char name[8];
    uint32_t target, version, reserved[2];
} abi_note = {6, 16, 0x31494241, "Solo5", TARGET, 2, {0}};

__attribute__((section(".note.manifest"), aligned(8), used)) static const struct {
    uint32_t name_size, size, type;
    char name[8];
    uint32_t padding, version, entries;
    struct entry device[COUNT];
} manifest_note = {6, 12 + 104 * COUNT, 0x3154464d, "Solo5", 0, 1, COUNT,
                   {{.type = 0x40000000} DEVICES}};

const struct boot_info *boot;

static volatile uint64_t zero_in_bss;
static volatile uint64_t five_in_data = 5;
static uint8_t frame[16384];
static uint8_t written[1 << 20];
static uint8_t read_back[1 << 20];

void *memset(void *target, int octet, size_t length) {
    for (size_t i = 0; i < length; i++)
        ((volatile uint8_t *)target)[i] = octet;
    return target;
}

void *memcpy(void *target, const void *source, size_t length) {
    for (size_t i = 0; i < length; i++)
        ((volatile uint8_t *)target)[i] = ((const uint8_t *)source)[i];
    return target;
}

static size_t length_of(const char *text) {
    size_t length = 0;
    while (text[length])
        length++;
    return length;
}

void say(const char *text) {
    put(text, length_of(text));
}

void say_number(const char *label, uint64_t value) {
    char digits[20];
    int at = sizeof digits;
    do
        digits[--at] = '0' + value % 10;
    while (value /= 10);
    say(label);
    say(" ");
    put(digits + at, sizeof digits - at);
    say("\n");
}

bool is_word(const char *text, const char *word) {
    while (*word && *text == *word) {
        text++;
        word++;
    }
    return !*word && (!*text || *text == ' ');
}

static const char *next_word(const char *text) {
    while (*text && *text != ' ')
        text++;
    return *text ? text + 1 : text;
}

static uint64_t number(const char *text) {
    uint64_t value = 0;
    while (*text >= '0' && *text <= '9')
        value = value * 10 + (*text++ - '0');
    return value;
}

static void fail_unless(bool holds, const char *what) {
    if (holds)
        return;
    say("failed: ");
    say(what);
    say("\n");
    quit(1);
}

static void tell_boot_info(void) {
    say_number("memory", boot->memory);
    say_number("image end", boot->image_end);
    say_number("stack", (uint64_t)__builtin_frame_address(0));
    say_number("bss", zero_in_bss);
    say_number("data", five_in_data);
    say_number("entries", boot->manifest->entries);
    const struct entry *device = &boot->manifest->entry[DEVICE];
    if (boot->manifest->entries > 1) {
        say_number("attached", device->attached);
        if (device->type == 1) {
            say_number("capacity", device->block.capacity);
            say_number("sector", device->block.sector);
        } else {
            say_number("mtu", device->network.mtu);
            for (int i = 0; i < 6; i++)
                say_number("mac", device->network.mac[i]);
        }
    }
    say("command line '");
    say(boot->command_line);
    say("'\n");
}

static void check_clocks(void) {
    uint64_t last = monotonic();
    for (int i = 0; i < 1000; i++) {
        uint64_t now = monotonic();
        fail_unless(now >= last, "the monotonic clock went back");
        last = now;
    }
    uint64_t start = monotonic();
    uint64_t wall_start = wall();
    fail_unless(wait_for(100000000) == 0, "no device, and yet one is ready");
    uint64_t slept = monotonic() - start;
    uint64_t wall_slept = wall() - wall_start;
    say_number("slept", slept);
    say_number("by the wall", wall_slept);
    say_number("wall", wall());
    fail_unless(slept >= 100000000, "slept too little");
    fail_unless(wait_for(0) == 0, "a wait of no time");
    fail_unless(wait_for(1) == 0, "a wait of one nanosecond");
}

static void swap_addresses(uint8_t *ethernet) {
    for (int i = 0; i < 6; i++) {
        uint8_t octet = ethernet[i];
        ethernet[i] = ethernet[6 + i];
        ethernet[6 + i] = octet;
    }
}

// Sends frames back, addresses swapped, up to one of the type that says so.
static void echo(void) {
    enum { LAST = 0xb6 };
    say("ready\n");
    for (;;) {
        uint64_t ready = wait_for(10000000000);
        fail_unless(ready == 1 << DEVICE, "the ready set has the one device");
        size_t length = sizeof frame;
        int result;
        while ((result = net_read(frame, &length)) == OK) {
            swap_addresses(frame);
            fail_unless(net_write(frame, length) == OK, "net_write");
            if (frame[13] == LAST)
                return;
            length = sizeof frame;
        }
        fail_unless(result == AGAIN, "net_read says AGAIN when there is no more");
    }
}

// Turns an ARP request or a ping into its answer.
static bool is_answered(const uint8_t *mac) {
    enum { ARP = 6, IPV4 = 0, REQUEST = 1, REPLY = 2, ICMP = 1, ECHO = 8 };
    bool arp = frame[12] == 8 && frame[13] == ARP && frame[21] == REQUEST;
    bool ping = frame[12] == 8 && frame[13] == IPV4 && frame[23] == ICMP && frame[34] == ECHO;
    if (!arp && !ping)
        return false;
    swap_addresses(frame);
    uint8_t *from = frame + (arp ? 28 : 26), *to = frame + (arp ? 38 : 30);
    for (int i = 0; i < 4; i++) {
        uint8_t octet = from[i];
        from[i] = to[i];
        to[i] = octet;
    }
    for (int i = 0; i < 6; i++) {
        frame[6 + i] = mac[i];
        if (arp) {
            frame[32 + i] = frame[22 + i];
            frame[22 + i] = mac[i];
        }
    }
    if (arp) {
        frame[21] = REPLY;
        return true;
    }
    frame[34] = 0;
    uint32_t sum = (frame[36] << 8 | frame[37]) + (ECHO << 8);
    sum += sum >> 16;
    frame[36] = sum >> 8;
    frame[37] = sum;
    return true;
}

// Answers pings to any address, for ever.
static void answer_pings(void) {
    const uint8_t *mac = boot->manifest->entry[DEVICE].network.mac;
    say("ready\n");
    for (;;) {
        wait_for(1000000000);
        size_t length = sizeof frame;
        while (net_read(frame, &length) == OK) {
            if (is_answered(mac))
                net_write(frame, length);
            length = sizeof frame;
        }
    }
}

static void check_disk(void) {
    const struct entry *device = &boot->manifest->entry[DEVICE];
    size_t sector = device->block.sector;
    for (uint64_t at = 0; at < device->block.capacity; at += sector) {
        for (size_t i = 0; i < sector; i++)
            written[i] = at / sector + i;
        fail_unless(block_write(at, written, sector) == OK, "block_write");
    }
    for (uint64_t at = 0; at < device->block.capacity; at += sector) {
        fail_unless(block_read(at, read_back, sector) == OK, "block_read");
        for (size_t i = 0; i < sector; i++)
            fail_unless(read_back[i] == (uint8_t)(at / sector + i), "what was written is read");
    }
}

static void time_it(const char *label, uint64_t start, uint64_t times) {
    say_number(label, (monotonic() - start) / times);
}

static void benchmark(uint64_t times) {
    uint64_t start = monotonic();
    for (uint64_t i = 0; i < times; i++)
        wall();
    time_it("wall ns", start, times);
    start = monotonic();
    for (uint64_t i = 0; i < times; i++)
        wait_for(0);
    time_it("poll ns", start, times);
#ifdef BLOCK
    start = monotonic();
    for (uint64_t i = 0; i < times; i++)
        block_read(i % 64 * 512, read_back, 512);
    time_it("read 512 ns", start, times);
#endif
}

void _start(const struct boot_info *info) {
    boot = info;
    const char *word = info->command_line;
    const char *argument = next_word(word);
    if (is_word(word, "hello")) {
        say("hello, ");
        say(argument);
        say("\n");
    } else if (is_word(word, "boot")) {
        tell_boot_info();
    } else if (is_word(word, "exit")) {
        quit(number(argument));
    } else if (is_word(word, "clocks")) {
        check_clocks();
    } else if (is_word(word, "wait")) {
        say_number("ready set", wait_for(number(argument)));
    } else if (is_word(word, "echo")) {
        echo();
    } else if (is_word(word, "ping")) {
        answer_pings();
    } else if (is_word(word, "disk")) {
        check_disk();
    } else if (is_word(word, "bench")) {
        benchmark(number(argument));
    } else if (is_word(word, "spin")) {
        say("spinning\n");
        for (;;)
            __asm__ volatile("pause");
    } else if (is_word(word, "talk")) {
        for (uint64_t left = number(argument); left > 0; left--)
            say("0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcde\n");
    } else if (is_word(word, "null")) {
        *(volatile int *)0 = 1;
    } else if (is_word(word, "write-text")) {
        *(volatile uint8_t *)(uintptr_t)_start = 0xc3;
        say("text was written\n");
    } else if (is_word(word, "invalid")) {
        __asm__ volatile("ud2");
    } else {
        board_command(word);
        say("no such command\n");
        quit(2);
    }
    quit(0);
}
