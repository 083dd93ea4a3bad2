// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tender.image;

/// What an image was linked for, and the version of that interface which is spoken here.
public enum Target {
    HVT(1, 2),
    SPT(2, 2),
    VIRTIO(3, 1),
    MUEN(4, 4),
    GENODE(5, 1),
    XEN(6, 1);

    private final int code;
    private final int version;

    Target(int code, int version) {
        this.code = code;
        this.version = version;
    }

    /// The number in the ABI note.
    public int code() {
        return code;
    }

    /// The version that a tender of this target takes.
    public int version() {
        return version;
    }

    /// How people write it.
    public String word() {
        return switch (this) {
            case HVT -> "hvt";
            case SPT -> "spt";
            case VIRTIO -> "virtio";
            case MUEN -> "muen";
            case GENODE -> "genode";
            case XEN -> "xen";
        };
    }

    /// What the number in a note means, for a message.
    static String wordOf(int code) {
        for (Target target : values()) {
            if (target.code == code) return target.word();
        }
        return "unknown target " + Integer.toUnsignedString(code);
    }
}
