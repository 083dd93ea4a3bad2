#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# in-namespace.sh PEER FRAMES MTU COMMAND...: in a network namespace of its own, with an interface
# tap0, runs the command beside the peer. Exits as the command does, or with 90 if the peer fails.
set -eu
peer=$1 frames=$2 mtu=$3
shift 3
# Nobody else sends: the kernel would announce itself by IPv6.
sysctl -qw net.ipv6.conf.default.disable_ipv6=1 2>/dev/null || true
ip tuntap add dev tap0 mode tap
ip link set dev tap0 mtu "$mtu" up
"$peer" tap0 "$frames" "$mtu" >&2 &
started=$!
status=0
"$@" || status=$?
if [ "$status" != 0 ]; then
    kill "$started" 2>/dev/null || true
    exit "$status"
fi
wait "$started" || exit 90
