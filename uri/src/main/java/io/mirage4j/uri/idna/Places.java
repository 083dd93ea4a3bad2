// SPDX-License-Identifier: Apache-2.0

package io.mirage4j.uri.idna;

/// A row of places, each free or taken, with counts in logarithmic time: a Fenwick tree, where
/// `taken[i]` counts the places from `i - (i & -i)` up to but not including `i`.
final class Places {
    private final int[] taken;

    Places(int count) {
        taken = new int[count + 1];
    }

    void take(int place) {
        for (int i = place + 1; i < taken.length; i += i & -i) taken[i]++;
    }

    /// How many places below this one are taken.
    int takenBefore(int place) {
        int sum = 0;
        for (int i = place; i > 0; i &= i - 1) sum += taken[i];
        return sum;
    }

    /// Takes the place that has `rank` free ones below it, and tells which one it is.
    int takeFree(int rank) {
        int place = 0;
        int left = rank;
        for (int step = Integer.highestOneBit(taken.length - 1); step > 0; step >>= 1) {
            int next = place + step;
            if (next < taken.length && step - taken[next] <= left) {
                place = next;
                left -= step - taken[next];
            }
        }
        take(place);
        return place;
    }
}
