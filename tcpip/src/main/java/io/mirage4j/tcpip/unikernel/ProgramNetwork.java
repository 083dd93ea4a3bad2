// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip.unikernel;

import io.mirage4j.platform.Datagrams;
import io.mirage4j.platform.Endpoint;
import io.mirage4j.platform.Flow;
import io.mirage4j.platform.IpAddress;
import io.mirage4j.platform.IpPrefix;
import io.mirage4j.platform.Ipv6Address;
import io.mirage4j.platform.Listener;
import io.mirage4j.platform.NetDevice;
import io.mirage4j.platform.Offload;
import io.mirage4j.platform.Transport;
import io.mirage4j.platform.unikernel.Argument;
import io.mirage4j.platform.unikernel.Arguments;
import io.mirage4j.platform.unikernel.Board;
import io.mirage4j.platform.unikernel.Declaration;
import io.mirage4j.platform.unikernel.Network;
import io.mirage4j.tcpip.Stack;
import io.mirage4j.tcpip.StackConfig;
import io.mirage4j.tcpip.socket.Sockets;
import io.mirage4j.tcpip.tcp.TcpParameters;
import io.mirage4j.tcpip.tcp.TcpSettings;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The network of a declared program: the port that it asks for, the arguments that say its
/// addresses, and what it listens and connects by. On a board with a port that is a stack of ours;
/// where a system below offers its sockets instead, as under a JVM, it is those.
///
/// ```java
/// static final Declaration DECLARATION =
///         Declaration.named("greeter").with(ProgramNetwork::declare).build();
///
/// static int run(Board board, Arguments arguments) throws IOException {
///     try (ProgramNetwork net = ProgramNetwork.open(board, arguments);
///             Listener listener = net.listen(80)) {
///         board.console().println("greeter: at " + net.address());
/// ```
public final class ProgramNetwork implements Transport {
    /// The port, if the program has one.
    public static final Network PORT = Network.named("service").help("where it is reached");

    private static final Argument<Optional<IpPrefix>> IPV4 =
            Argument.ipPrefix("ipv4")
                    .help("of a stack of its own (10.0.0.2/24, unless there is --dhcp)")
                    .optional();
    private static final Argument<Optional<IpPrefix>> IPV6 =
            Argument.ipPrefix("ipv6")
                    .help("of a stack of its own, beside those that routers offer")
                    .optional();
    private static final Argument<Optional<IpAddress>> GATEWAY =
            Argument.ipAddress("gateway").help("of a stack of its own").optional();
    private static final Argument<Boolean> DHCP =
            Argument.flag("dhcp").help("ask for an address of a stack of its own");
    private static final Argument<List<IpAddress>> ADDRESSES =
            Argument.ipAddress("address")
                    .help("where to listen on the sockets of a system below (127.0.0.1)")
                    .several();

    private static final List<IpAddress> USUAL_BELOW = List.of(IpAddress.of("127.0.0.1"));
    private static final IpPrefix USUAL = IpPrefix.of("10.0.0.2/24");

    /// What our stack takes as it is.
    private static final Set<Offload> UNDONE =
            Set.of(Offload.CHECKSUM, Offload.TCP4_SEGMENTS, Offload.TCP6_SEGMENTS);

    /// Of the memory that there is, what payload may take.
    private static final int PAYLOAD_SHARE = 4;

    /// How many connections wait to be accepted: a crowd that comes at once.
    private static final int BACKLOG = 4096;

    private static final long LEASE_NANOS = 30_000_000_000L;
    private static final long LOOK_MILLIS = 20;

    private final Transport transport;
    private final List<IpAddress> addresses;
    private final boolean hasStack;

    private ProgramNetwork(Transport transport, List<IpAddress> addresses, boolean hasStack) {
        this.transport = transport;
        this.addresses = List.copyOf(addresses);
        this.hasStack = hasStack;
    }

    /// Adds the port and the arguments to what a program declares.
    public static Declaration.Builder declare(Declaration.Builder program) {
        return program.device(PORT)
                .argument(ADDRESSES)
                .argument(IPV4)
                .argument(IPV6)
                .argument(GATEWAY)
                .argument(DHCP);
    }

    /// The network that `arguments` describe, with its addresses.
    ///
    /// @throws IOException if there is no port, or nobody gives an address
    public static ProgramNetwork open(Board board, Arguments arguments) throws IOException {
        Optional<Transport> below = board.transport(PORT);
        if (below.isPresent()) {
            List<IpAddress> told = arguments.get(ADDRESSES);
            return new ProgramNetwork(below.get(), told.isEmpty() ? USUAL_BELOW : told, false);
        }
        NetDevice port = board.open(PORT);
        port.receiveOffloads(UNDONE);
        long now = board.clock().nanoTime();
        Stack stack = Stack.create(config(port, arguments), board.entropy(), now);
        Sockets sockets = Sockets.start(stack, board.clock(), engine -> board.drive(engine, port));
        List<IpAddress> addresses = new ArrayList<>();
        if (arguments.get(DHCP)) {
            addresses.add(lease(sockets, board));
        }
        staticAddresses(arguments).forEach(prefix -> addresses.add(prefix.address()));
        return new ProgramNetwork(sockets, addresses, true);
    }

    private static StackConfig config(NetDevice port, Arguments arguments) {
        StackConfig.Builder builder = StackConfig.builder(port);
        staticAddresses(arguments).forEach(builder::address);
        arguments.get(GATEWAY).ifPresent(builder::gateway);
        TcpParameters tcp = TcpParameters.linux();
        long share = Runtime.getRuntime().maxMemory() / PAYLOAD_SHARE;
        tcp.memoryOctets = Math.min(tcp.memoryOctets, share);
        return builder.dhcp(arguments.get(DHCP)).offloads(port.sendOffloads()).tcp(tcp).build();
    }

    private static List<IpPrefix> staticAddresses(Arguments arguments) {
        List<IpPrefix> prefixes = new ArrayList<>();
        arguments.get(IPV4).ifPresent(prefixes::add);
        if (prefixes.isEmpty() && !arguments.get(DHCP)) {
            prefixes.add(USUAL);
        }
        arguments.get(IPV6).ifPresent(prefixes::add);
        return prefixes;
    }

    private static IpAddress lease(Sockets sockets, Board board) throws IOException {
        List<IpAddress> leased = new ArrayList<>();
        long deadline = board.clock().nanoTime() + LEASE_NANOS;
        while (true) {
            sockets.run(
                    (stack, now) ->
                            stack.lease()
                                    .ifPresent(lease -> leased.add(lease.address().address())));
            if (!leased.isEmpty()) return leased.getFirst();
            if (board.clock().nanoTime() > deadline) {
                sockets.close();
                throw new IOException("no DHCP server gave an address: give --ipv4=PREFIX");
            }
            try {
                Thread.sleep(LOOK_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("interrupted while waiting for an address");
            }
        }
    }

    /// Where others reach the program, the first that they should try first.
    public List<IpAddress> addresses() {
        return addresses;
    }

    public IpAddress address() {
        return addresses.getFirst();
    }

    /// A port of the first address, as others name it.
    public Endpoint endpoint(int port) {
        return new Endpoint(address(), port);
    }

    /// The program has a stack, and with it every port, for itself.
    public boolean hasStack() {
        return hasStack;
    }

    /// Where to listen, all of it, to be reached at all addresses: for a program that can be told
    /// of several on the sockets of a system below.
    public List<Endpoint> endpoints(int port) {
        // A stack of ours has no addresses but those of the program.
        return hasStack
                ? List.of(new Endpoint(Ipv6Address.UNSPECIFIED, port))
                : addresses.stream().map(address -> new Endpoint(address, port)).toList();
    }

    /// Listens for flows at all addresses, for a program that listens once.
    ///
    /// @throws IOException if the port is taken, or several addresses of a system below were told
    public Listener listen(int port) throws IOException {
        return listen(only(port));
    }

    /// Binds a port for datagrams at all addresses, for a program that binds once.
    ///
    /// @throws IOException if the port is taken, or several addresses of a system below were told
    public Datagrams bind(int port) throws IOException {
        return bind(only(port));
    }

    /// As [#bind(int)], for a server that gets many datagrams.
    ///
    /// @throws IOException if the port is taken, or several addresses of a system below were told
    public Datagrams bindForMany(int port) throws IOException {
        return bindForMany(only(port));
    }

    private Endpoint only(int port) throws IOException {
        List<Endpoint> all = endpoints(port);
        if (all.size() > 1) {
            throw new IOException(
                    "this program listens at one address, and was told --address=%s and --address=%s"
                            .formatted(addresses.get(0), addresses.get(1)));
        }
        return all.getFirst();
    }

    @Override
    public Listener listen(Endpoint local) throws IOException {
        return transport instanceof Sockets sockets
                ? sockets.listen(local, BACKLOG, new TcpSettings())
                : transport.listen(local);
    }

    @Override
    public Datagrams bind(Endpoint local) throws IOException {
        return transport.bind(local);
    }

    @Override
    public Datagrams bindForMany(Endpoint local) throws IOException {
        return transport.bindForMany(local);
    }

    @Override
    public Flow connect(Endpoint remote) throws IOException {
        return transport.connect(remote);
    }

    @Override
    public void close() throws IOException {
        transport.close();
    }
}
