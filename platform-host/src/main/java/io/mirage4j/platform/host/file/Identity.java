// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.platform.host.file;

import org.jspecify.annotations.Nullable;

import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;

/// By what a file is known to be the same, unchanged.
///
/// @param key the system's name for the file (device and inode), if it has one
record Identity(@Nullable Object key, long size, FileTime lastModified) {
    /// Null if the attributes are not those of a plain file.
    static @Nullable Identity of(BasicFileAttributes attributes) {
        return attributes.isRegularFile()
                ? new Identity(
                        attributes.fileKey(), attributes.size(), attributes.lastModifiedTime())
                : null;
    }
}
