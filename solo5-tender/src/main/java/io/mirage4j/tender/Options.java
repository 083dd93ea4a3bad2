// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tender;

import io.mirage4j.platform.MacAddress;
import io.mirage4j.platform.Parsed;
import io.mirage4j.tender.image.Manifest;
import io.mirage4j.tender.image.RefusedException;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The command line of a tender, in the form that those of Solo5 have: options, `--` if one likes,
/// the image, and what the guest gets as arguments.
///
/// @param dryRun load and attach, but do not start
/// @param nets interface by device
/// @param macs address by device, where one was given
/// @param blocks file by device
/// @param sectorSizes octets by device, where they were given
record Options(
        int memoryMegabytes,
        boolean dryRun,
        Map<String, String> nets,
        Map<String, MacAddress> macs,
        Map<String, String> blocks,
        Map<String, Integer> sectorSizes,
        String image,
        List<String> arguments) {
    static final int USUAL_MEGABYTES = 512;

    static Options parse(List<String> words) throws RefusedException {
        int megabytes = USUAL_MEGABYTES;
        boolean dryRun = false;
        Map<String, String> nets = new LinkedHashMap<>();
        Map<String, MacAddress> macs = new LinkedHashMap<>();
        Map<String, String> blocks = new LinkedHashMap<>();
        Map<String, Integer> sectorSizes = new LinkedHashMap<>();
        int at = 0;
        for (; at < words.size() && words.get(at).startsWith("-"); at++) {
            String word = words.get(at);
            if (word.equals("--")) {
                at++;
                break;
            }
            int equals = word.indexOf('=');
            int colon = word.indexOf(':');
            String option =
                    word.substring(
                            0,
                            colon >= 0 && (equals < 0 || colon < equals)
                                    ? colon
                                    : equals >= 0 ? equals : word.length());
            String value = equals < 0 ? "" : word.substring(equals + 1);
            switch (option) {
                case "--mem" -> megabytes = number(word, value);
                case "--dry-run" -> dryRun = true;
                case "--net" -> put(nets, word, value);
                case "--net-mac" -> put(macs, word, mac(word, value));
                case "--block" -> put(blocks, word, value);
                case "--block-sector-size" -> put(sectorSizes, word, number(word, value));
                default ->
                        throw new RefusedException(
                                "option '" + word + "' is unknown; --help lists those there are");
            }
        }
        if (at >= words.size()) {
            throw new RefusedException("no image; give its file behind the options");
        }
        return new Options(
                megabytes,
                dryRun,
                nets,
                macs,
                blocks,
                sectorSizes,
                words.get(at),
                List.copyOf(words.subList(at + 1, words.size())));
    }

    private static <V> void put(Map<String, V> values, String word, V value)
            throws RefusedException {
        int colon = word.indexOf(':');
        int equals = word.indexOf('=');
        if (colon < 0
                || equals < colon
                || value.equals("")
                || !Manifest.isName(word.substring(colon + 1, equals))) {
            throw new RefusedException(
                    "option '" + word + "' is malformed; write it --option:NAME=VALUE");
        }
        String name = word.substring(colon + 1, equals);
        if (values.putIfAbsent(name, value) != null) {
            throw new RefusedException("option '" + word + "' is the second for '" + name + "'");
        }
    }

    private static int number(String word, String value) throws RefusedException {
        try {
            int number = Integer.parseInt(value);
            if (number > 0) return number;
        } catch (NumberFormatException e) {
            // said below
        }
        throw new RefusedException(
                "option '" + word + "' has no number above 0; give digits alone behind the =");
    }

    private static MacAddress mac(String word, String value) throws RefusedException {
        return switch (MacAddress.parse(value)) {
            case Parsed.Value<MacAddress>(MacAddress mac) -> mac;
            case Parsed.Malformed<MacAddress> malformed ->
                    throw new RefusedException(
                            "option '%s': %s; write an address as 02:00:00:00:00:01"
                                    .formatted(word, malformed.message()));
        };
    }
}
