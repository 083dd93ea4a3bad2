// SPDX-License-Identifier: Apache-2.0

/// DHCPv4 as a client (RFC 2131): the messages, and the states between asking and having.
@NullMarked
package io.mirage4j.tcpip.dhcp;

import org.jspecify.annotations.NullMarked;
