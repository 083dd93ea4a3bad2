// SPDX-License-Identifier: Apache-2.0

/// The network of a program that declares itself: by
/// [ProgramNetwork][io.mirage4j.tcpip.unikernel.ProgramNetwork] it gets a stack of ours on the port
/// of its board, or the sockets of the system below where there is one.
@NullMarked
package io.mirage4j.tcpip.unikernel;

import org.jspecify.annotations.NullMarked;
