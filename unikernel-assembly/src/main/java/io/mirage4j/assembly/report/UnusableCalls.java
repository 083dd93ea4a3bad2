// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.assembly.report;

import io.mirage4j.assembly.Application;
import io.mirage4j.assembly.aot.RelocatableObject;
import io.mirage4j.assembly.report.CallTree.Method;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Finds where a program or a library in it asks the JDK for what an image does not have. The JDK
/// itself holds such calls in plenty which nothing ever takes, so a finding is a call out of other
/// code, told with how `main` gets there.
public final class UnusableCalls {
    /// Something that an image lacks, and how the program comes to it.
    ///
    /// @param what the image lacks
    /// @param path from `main` to the call
    public record Call(String what, List<String> path) {
        public Call {
            path = List.copyOf(path);
        }

        public String message() {
            return "an image has no " + what + ", but this is reached: " + String.join(" > ", path);
        }
    }

    private static final String FILES = "files";
    private static final String SOCKETS = "kernel sockets";
    private static final String PROCESSES = "processes";
    private static final String LIBRARIES = "loadable libraries";

    /// `Type.method`, or `Type.` for all of a type.
    private static final Map<String, String> UNUSABLE =
            new TreeMap<>(
                    Map.ofEntries(
                            Map.entry("java.io.FileInputStream.<init>", FILES),
                            Map.entry("java.io.FileOutputStream.<init>", FILES),
                            Map.entry("java.io.FileReader.", FILES),
                            Map.entry("java.io.FileWriter.", FILES),
                            Map.entry("java.io.RandomAccessFile.", FILES),
                            Map.entry("java.nio.channels.FileChannel.open", FILES),
                            Map.entry("java.nio.file.Files.", FILES),
                            Map.entry("java.lang.ProcessBuilder.start", PROCESSES),
                            Map.entry("java.lang.Runtime.exec", PROCESSES),
                            Map.entry("java.lang.System.load", LIBRARIES),
                            Map.entry("java.lang.System.loadLibrary", LIBRARIES),
                            Map.entry("java.net.DatagramSocket.", SOCKETS),
                            Map.entry("java.net.InetAddress.getAllByName", SOCKETS),
                            Map.entry("java.net.InetAddress.getByName", SOCKETS),
                            Map.entry("java.net.ServerSocket.", SOCKETS),
                            Map.entry("java.net.Socket.", SOCKETS),
                            Map.entry("java.net.URL.openStream", SOCKETS),
                            Map.entry("java.nio.channels.DatagramChannel.open", SOCKETS),
                            Map.entry("java.nio.channels.Selector.open", SOCKETS),
                            Map.entry("java.nio.channels.ServerSocketChannel.open", SOCKETS),
                            Map.entry("java.nio.channels.SocketChannel.open", SOCKETS)));

    private static final List<String> PLATFORM =
            List.of("java.", "javax.", "jdk.", "sun.", "com.sun.", "com.oracle.", "org.graalvm.");

    /// What of it `main` of the program may reach, by the name of the call.
    public static List<Call> of(RelocatableObject object, Application application) {
        CallTree tree = CallTree.of(object);
        Map<Method, Method> callers = tree.callersFrom(application.mainClass(), "main");
        Map<String, Call> found = new TreeMap<>();
        callers.keySet().stream()
                .filter(caller -> !isOfPlatform(caller))
                .sorted(Comparator.comparing(Method::toString))
                .forEach(
                        caller -> {
                            for (Method callee : tree.callees(caller)) {
                                String what = lacking(callee);
                                if (!what.isEmpty()) {
                                    var path = new ArrayList<>(path(caller, callers));
                                    path.add(callee.toString());
                                    found.putIfAbsent(caller + " " + what, new Call(what, path));
                                }
                            }
                        });
        return List.copyOf(found.values());
    }

    private static String lacking(Method method) {
        String exact = UNUSABLE.getOrDefault(method.toString(), "");
        return exact.isEmpty() ? UNUSABLE.getOrDefault(method.type() + ".", "") : exact;
    }

    private static List<String> path(Method to, Map<Method, Method> callers) {
        Deque<String> path = new ArrayDeque<>();
        Method at = to;
        while (true) {
            path.addFirst(at.toString());
            Method caller = callers.get(at);
            if (caller == null || caller.equals(at)) return List.copyOf(path);
            at = caller;
        }
    }

    private static boolean isOfPlatform(Method method) {
        return PLATFORM.stream().anyMatch(method.type()::startsWith);
    }

    private UnusableCalls() {}
}
