// SPDX-License-Identifier: Apache-2.0

/// What is in an image: ELF segments, the notes of Solo5, the manifest. Nothing here does I/O but
/// [io.mirage4j.tender.image.Image#read].
package io.mirage4j.tender.image;
