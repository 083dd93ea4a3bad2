// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.assembly.run;

import io.mirage4j.platform.IpAddress;
import io.mirage4j.platform.IpPrefix;
import io.mirage4j.platform.Ipv4Address;
import io.mirage4j.platform.Parsed;
import io.mirage4j.platform.unikernel.Declaration;
import io.mirage4j.platform.unikernel.Device;
import io.mirage4j.platform.unikernel.Network;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// What stands behind the ports of a program where its user says nothing: a new TAP interface for
/// each, whose address on this side is in the network that the program is told to be in.
public final class UsualNetwork {
    private static final Path INTERFACES = Path.of("/sys/class/net");
    private static final String NAME = "mirage";
    private static final String ADDRESS = "--ipv4";

    /// That of a program that is told none.
    private static final IpPrefix USUAL = IpPrefix.of("10.0.0.2/24");

    /// Options for the ports that have none among `options`.
    public static List<String> options(Declaration declaration, List<String> options) {
        var more = new ArrayList<String>();
        int number = 0;
        for (Device device : declaration.devices()) {
            String option = "--net:" + device.name() + "=";
            boolean isOpen = options.stream().noneMatch(given -> given.startsWith(option));
            if (device instanceof Network && isOpen) {
                while (Files.exists(INTERFACES.resolve(NAME + number))) {
                    number++;
                }
                more.add(option + NAME + number++);
            }
        }
        return more;
    }

    /// The address of this side for a program of those words, as `10.0.0.1/24`: the first of its
    /// network that is not its own. Empty for what is no network of IPv4.
    public static String hostAddress(List<String> words) {
        IpPrefix guest = USUAL;
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            String text =
                    word.startsWith(ADDRESS + "=")
                            ? word.substring(ADDRESS.length() + 1)
                            : word.equals(ADDRESS) && i + 1 < words.size() ? words.get(i + 1) : "";
            if (!text.isEmpty()) {
                if (!(IpPrefix.parse(text) instanceof Parsed.Value<IpPrefix>(IpPrefix given))) {
                    return ""; // which the program will say
                }
                guest = given;
            }
        }
        if (!(guest.first() instanceof Ipv4Address network) || guest.length() > 30) return "";
        IpAddress next = new Ipv4Address(network.bits() + 1);
        IpAddress own = next.equals(guest.address()) ? new Ipv4Address(network.bits() + 2) : next;
        return new IpPrefix(own, guest.length()).toString();
    }

    private UsualNetwork() {}
}
