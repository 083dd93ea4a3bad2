// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.crunch.load;

import io.mirage4j.crunch.Crunched;
import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.cstruct.ReadOnlyCstruct;
import io.mirage4j.platform.BlockDevice;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.net.JarURLConnection;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// Opens blobs where they lie.
///
/// A file is mapped, and so is a resource in a folder or in a jar that stores it as it is; one that
/// a jar has deflated is read. While an image is built a resource is read into an array, which
/// becomes part of the image when the class that holds it is initialised then:
///
/// ```java
/// final class Content {
///     static final Crunched SITE = CrunchResource.open(Content.class, "site.crunch");
/// }
/// ```
public final class CrunchResource {
    /// So much is read from a disk at once.
    private static final int READ = 1 << 18;

    private static final String IMAGE_CODE = "org.graalvm.nativeimage.imagecode";

    /// The blob that is the resource `name` of `beside`, as [Class#getResource] finds it.
    ///
    /// @throws IllegalStateException if there is none, or a damaged one, which is a fault of the
    ///   build and not of who runs it
    public static Crunched open(Class<?> beside, String name) {
        try {
            URL url = beside.getResource(name);
            if (url == null) {
                throw new FileNotFoundException("no resource '" + name + "' beside " + beside);
            }
            return Crunched.open(octets(url));
        } catch (IOException e) {
            throw new IllegalStateException("resource '" + name + "': " + e.getMessage(), e);
        }
    }

    /// The blob in `file`, mapped; it must not change while it is used.
    ///
    /// @throws IOException if it can not be read, or is no blob
    public static Crunched open(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            return Crunched.open(map(channel, file.toString(), 0, channel.size()));
        }
    }

    /// The blob that fills a disk, read into memory.
    ///
    /// @throws IOException if it can not be read, or is no blob
    public static Crunched open(BlockDevice disk) throws IOException {
        long length = disk.sectors() * disk.sectorSize();
        checkLength("the disk", length);
        Cstruct blob = Cstruct.create((int) length);
        int step = Math.max(1, READ / disk.sectorSize());
        for (long at = 0; at < disk.sectors(); at += step) {
            int count = (int) Math.min(step, disk.sectors() - at);
            int size = disk.sectorSize();
            disk.read(at, blob.sub((int) (at * size), count * size));
        }
        return Crunched.open(blob.readOnly());
    }

    private static ReadOnlyCstruct octets(URL url) throws IOException {
        if (System.getProperty(IMAGE_CODE) != null) return read(url);
        if (url.getProtocol().equals("file")) {
            Path file = pathOf(url);
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
                return map(channel, file.toString(), 0, channel.size());
            }
        }
        if (url.openConnection() instanceof JarURLConnection jar
                && jar.getJarFileURL().getProtocol().equals("file")) {
            Path file = pathOf(jar.getJarFileURL());
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
                StoredEntry stored = StoredEntry.find(channel, jar.getEntryName());
                if (stored != null) {
                    return map(channel, file.toString(), stored.at(), stored.length());
                }
            }
        }
        return read(url);
    }

    private static Path pathOf(URL url) throws IOException {
        try {
            return Path.of(url.toURI());
        } catch (URISyntaxException | IllegalArgumentException e) {
            throw new IOException(url + " names no file", e);
        }
    }

    private static ReadOnlyCstruct read(URL url) throws IOException {
        try (InputStream in = url.openStream()) {
            return Cstruct.of(in.readAllBytes()).readOnly();
        }
    }

    /// For as long as the program runs: what was handed out may be used by anybody.
    private static ReadOnlyCstruct map(FileChannel channel, String name, long at, long length)
            throws IOException {
        checkLength(name, length);
        return ReadOnlyCstruct.of(channel.map(MapMode.READ_ONLY, at, length, Arena.global()));
    }

    private static void checkLength(String name, long length) throws IOException {
        if (length > Integer.MAX_VALUE) {
            throw new IOException(
                    name
                            + " has "
                            + length
                            + " octets, more than a blob ("
                            + Integer.MAX_VALUE
                            + ")");
        }
    }

    private CrunchResource() {}
}
