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
    private static final Map<String, String> UNUSABLE = new TreeMap<>();

    static {
        lack(
                FILES,
                "java.io.File.canRead canWrite createNewFile createTempFile delete exists isDirectory isFile",
                "java.io.File.lastModified length list listFiles mkdir mkdirs renameTo",
                "java.io.FileInputStream.<init>",
                "java.io.FileOutputStream.<init>",
                "java.io.FileReader.",
                "java.io.FileWriter.",
                "java.io.RandomAccessFile.",
                "java.nio.channels.AsynchronousFileChannel.open",
                "java.nio.channels.FileChannel.open",
                "java.nio.file.Files.",
                "java.util.jar.JarFile.",
                "java.util.zip.ZipFile.");
        lack(PROCESSES, "java.lang.ProcessBuilder.start", "java.lang.Runtime.exec");
        lack(
                LIBRARIES,
                "java.lang.System.load loadLibrary",
                "java.lang.Runtime.load loadLibrary",
                // What the builder leaves of those where it inlines them.
                "com.oracle.svm.core.jdk.NativeLibraries.loadLibraryAbsolute loadLibraryRelative");
        lack(
                SOCKETS,
                "java.net.DatagramSocket.",
                "java.net.InetAddress.getAllByName getByName",
                "java.net.MulticastSocket.",
                "java.net.ServerSocket.",
                "java.net.Socket.",
                "java.net.URL.openConnection openStream",
                "java.net.http.HttpClient.newBuilder newHttpClient",
                "java.nio.channels.AsynchronousServerSocketChannel.open",
                "java.nio.channels.AsynchronousSocketChannel.open",
                "java.nio.channels.DatagramChannel.open",
                "java.nio.channels.Selector.open",
                "java.nio.channels.ServerSocketChannel.open",
                "java.nio.channels.SocketChannel.open");
    }

    /// @param calls a type and methods of it, with blanks between the methods
    private static void lack(String what, String... calls) {
        for (String call : calls) {
            String[] methods = call.split(" ", -1);
            String type = methods[0].substring(0, methods[0].lastIndexOf('.') + 1);
            UNUSABLE.put(methods[0], what);
            for (String method : List.of(methods).subList(1, methods.length)) {
                UNUSABLE.put(type + method, what);
            }
        }
    }

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
