/* SPDX-License-Identifier: Apache-2.0 */
#include "rtc.h"

#include <stdbool.h>
#include <string.h>

#include "port.h"

enum { SECOND = 0, MINUTE = 2, HOUR = 4, DAY = 7, MONTH = 8, YEAR = 9, STATUS_A = 10, STATUS_B = 11 };

struct date {
    uint8_t second, minute, hour, day, month, year;
};

static uint8_t get(uint8_t at) {
    out8(RTC, at);
    return in8(RTC + 1);
}

static struct date read_date(void) {
    enum { UPDATING = 0x80, PATIENCE = 100000 };
    for (int i = 0; i < PATIENCE && (get(STATUS_A) & UPDATING); i++) {
    }
    return (struct date){get(SECOND), get(MINUTE), get(HOUR), get(DAY), get(MONTH), get(YEAR)};
}

static unsigned number(uint8_t octet, bool binary) {
    return binary ? octet : (octet >> 4) * 10u + (octet & 15);
}

/* Days from 1970 to a date of the calendar; the year begins in March, so that the odd day is its last. */
static uint64_t days(unsigned year, unsigned month, unsigned day) {
    enum { DAYS_TO_1970 = 719468 };
    year -= month <= 2;
    unsigned month_from_march = (month + 9) % 12;
    return 365UL * year + year / 4 - year / 100 + year / 400 + (153 * month_from_march + 2) / 5 + day - 1 - DAYS_TO_1970;
}

uint64_t rtc_seconds(void) {
    enum { HOURS_TO_24 = 2, BINARY = 4, AFTERNOON = 0x80, TRIES = 8 };
    struct date date = read_date(), again;
    for (int i = 0; i < TRIES; i++, date = again) {
        again = read_date();
        if (memcmp(&date, &again, sizeof date) == 0) {
            break; /* no second went by between */
        }
    }
    uint8_t status = get(STATUS_B);
    bool binary = status & BINARY;
    unsigned hour = number(date.hour & (status & HOURS_TO_24 ? 0xff : 0x7f), binary);
    if (!(status & HOURS_TO_24)) {
        hour = hour % 12 + (date.hour & AFTERNOON ? 12 : 0);
    }
    uint64_t day = days(2000 + number(date.year, binary), number(date.month, binary), number(date.day, binary));
    return ((day * 24 + hour) * 60 + number(date.minute, binary)) * 60 + number(date.second, binary);
}
