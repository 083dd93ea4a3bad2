// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.cstruct;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Iterator;
import java.util.NoSuchElementException;

/// The sequence of windows below a [Rope]: an immutable 2-3 finger tree, measured in octets.
///
/// A tree is empty, one node, or deep: one to four nodes at each end and, between them, a tree
/// whose nodes are branches of two or three of ours. So both ends are near, and a place in the
/// middle is a logarithm away.
///
/// ```
/// front          middle (a tree of branches)          back
/// [a] [b]   ( [c d e] ( [[f g h] [i j]] ) [k l] )   [m] [n] [o]
/// ```
///
/// Adding at an end is O(1) amortised: only a full end (four nodes) reaches into the middle, and it
/// leaves two nodes behind, so that the next two are cheap. Splitting and joining are O(log n).
/// Recursion goes as deep as trees nest, a logarithm too: a million windows are 13 levels.
///
/// Follows Hinze and Paterson, "Finger trees: a simple general-purpose data structure" (2006),
/// without the laziness: a rope is seldom extended many times from the same old version.
final class FingerTree {
    static final Tree EMPTY = new Empty();

    /// Anything that has octets below it.
    sealed interface Part {
        long length();
    }

    sealed interface Tree extends Part {}

    /// What a tree is made of: windows at the top, branches of them further in.
    sealed interface Node extends Part {}

    record Empty() implements Tree {
        @Override
        public long length() {
            return 0;
        }
    }

    record Single(Node node) implements Tree {
        @Override
        public long length() {
            return node.length();
        }
    }

    /// One to four nodes in front, one to four at the back.
    static final class Deep implements Tree {
        final Node[] front;
        final Tree middle;
        final Node[] back;
        final long length;

        Deep(Node[] front, Tree middle, Node[] back) {
            this.front = front;
            this.middle = middle;
            this.back = back;
            this.length = sum(front) + middle.length() + sum(back);
        }

        @Override
        public long length() {
            return length;
        }
    }

    record Leaf(ReadOnlyCstruct window) implements Node {
        @Override
        public long length() {
            return window.length;
        }
    }

    /// Two or three nodes of the level further out.
    static final class Branch implements Node {
        final Node[] children;
        final long length;

        Branch(Node... children) {
            this.children = children;
            this.length = sum(children);
        }

        @Override
        public long length() {
            return length;
        }
    }

    /// A tree come apart at a node.
    record Split(Tree left, Node node, Tree right) {}

    static Tree append(Tree tree, Node node) {
        return switch (tree) {
            case Empty e -> new Single(node);
            case Single(Node only) -> new Deep(nodes(only), EMPTY, nodes(node));
            case Deep d when d.back.length < 4 -> {
                Node[] back = Arrays.copyOf(d.back, d.back.length + 1);
                back[d.back.length] = node;
                yield new Deep(d.front, d.middle, back);
            }
            case Deep d -> {
                Node[] full = d.back;
                Tree middle = append(d.middle, new Branch(full[0], full[1], full[2]));
                yield new Deep(d.front, middle, nodes(full[3], node));
            }
        };
    }

    static Tree prepend(Node node, Tree tree) {
        return switch (tree) {
            case Empty e -> new Single(node);
            case Single(Node only) -> new Deep(nodes(node), EMPTY, nodes(only));
            case Deep d when d.front.length < 4 -> {
                Node[] front = new Node[d.front.length + 1];
                front[0] = node;
                System.arraycopy(d.front, 0, front, 1, d.front.length);
                yield new Deep(front, d.middle, d.back);
            }
            case Deep d -> {
                Node[] full = d.front;
                Tree middle = prepend(new Branch(full[1], full[2], full[3]), d.middle);
                yield new Deep(nodes(node, full[0]), middle, d.back);
            }
        };
    }

    static Tree concat(Tree left, Tree right) {
        return concat(left, nodes(), right);
    }

    /// Joins two trees with some nodes between them. What lies between two deep trees, the back of
    /// one and the front of the other among it, becomes branches between their middles.
    private static Tree concat(Tree left, Node[] between, Tree right) {
        if (left instanceof Deep l && right instanceof Deep r) {
            Node[] inner = branches(join(join(l.back, between), r.front));
            return new Deep(l.front, concat(l.middle, inner, r.middle), r.back);
        }
        if (right instanceof Deep) {
            Node[] all = left instanceof Single(Node only) ? join(nodes(only), between) : between;
            return prependAll(all, right);
        }
        Node[] all = right instanceof Single(Node only) ? join(between, nodes(only)) : between;
        return appendAll(left, all);
    }

    /// Takes a tree apart at the window that has the octet `at`; there is one.
    static Split split(Tree tree, long at) {
        return switch (tree) {
            case Empty e -> throw new AssertionError("nothing to split");
            case Single(Node only) -> new Split(EMPTY, only, EMPTY);
            case Deep d -> {
                long inMiddle = at - sum(d.front);
                if (inMiddle < 0) {
                    int i = indexOf(d.front, at);
                    yield new Split(
                            treeOf(before(d.front, i)),
                            d.front[i],
                            deep(after(d.front, i), d.middle, d.back));
                }
                long inBack = inMiddle - d.middle.length();
                if (inBack >= 0) {
                    int i = indexOf(d.back, inBack);
                    yield new Split(
                            deep(d.front, d.middle, before(d.back, i)),
                            d.back[i],
                            treeOf(after(d.back, i)));
                }
                Split middle = split(d.middle, inMiddle);
                Node[] children = children(middle.node());
                int i = indexOf(children, inMiddle - middle.left().length());
                yield new Split(
                        deep(d.front, middle.left(), before(children, i)),
                        children[i],
                        deep(after(children, i), middle.right(), d.back));
            }
        };
    }

    /// The octet `at`; there is one.
    static int u8(Tree tree, long at) {
        Part part = tree;
        long rest = at;
        while (true) {
            switch (part) {
                case Leaf(ReadOnlyCstruct window) -> {
                    return window.u8((int) rest);
                }
                case Single(Node only) -> part = only;
                case Empty e -> throw new AssertionError("no octet in nothing");
                case Branch b -> {
                    int i = indexOf(b.children, rest);
                    rest -= sumBefore(b.children, i);
                    part = b.children[i];
                }
                case Deep d -> {
                    long inMiddle = rest - sum(d.front);
                    long inBack = inMiddle - d.middle.length();
                    if (inMiddle >= 0 && inBack < 0) {
                        part = d.middle;
                        rest = inMiddle;
                    } else {
                        Node[] end = inMiddle < 0 ? d.front : d.back;
                        rest = inMiddle < 0 ? rest : inBack;
                        int i = indexOf(end, rest);
                        rest -= sumBefore(end, i);
                        part = end[i];
                    }
                }
            }
        }
    }

    /// The windows from left to right.
    static Iterator<ReadOnlyCstruct> windows(Tree tree) {
        return new Windows(tree);
    }

    private static final class Windows implements Iterator<ReadOnlyCstruct> {
        /// What is still to be visited, the next on top.
        private final Deque<Part> ahead = new ArrayDeque<>();

        Windows(Tree tree) {
            ahead.push(tree);
            unfold();
        }

        @Override
        public boolean hasNext() {
            return !ahead.isEmpty();
        }

        @Override
        public ReadOnlyCstruct next() {
            if (!(ahead.poll() instanceof Leaf(ReadOnlyCstruct window))) {
                throw new NoSuchElementException("no window is left");
            }
            unfold();
            return window;
        }

        /// Opens what is on top until that is a window.
        private void unfold() {
            while (!ahead.isEmpty() && !(ahead.peek() instanceof Leaf)) {
                switch (ahead.pop()) {
                    case Single(Node only) -> ahead.push(only);
                    case Branch b -> pushAll(b.children);
                    case Deep d -> {
                        pushAll(d.back);
                        ahead.push(d.middle);
                        pushAll(d.front);
                    }
                    case Empty e -> {}
                    case Leaf l -> throw new AssertionError("a leaf does not unfold");
                }
            }
        }

        private void pushAll(Node[] nodes) {
            for (int i = nodes.length - 1; i >= 0; i--) {
                ahead.push(nodes[i]);
            }
        }
    }

    /// A deep tree of which one end may have become empty: it then borrows from the middle.
    private static Tree deep(Node[] front, Tree middle, Node[] back) {
        if (front.length > 0 && back.length > 0) return new Deep(front, middle, back);
        if (middle instanceof Empty) return treeOf(front.length > 0 ? front : back);
        if (front.length == 0) {
            Split first = split(middle, 0);
            return new Deep(children(first.node()), first.right(), back);
        }
        Split last = split(middle, middle.length() - 1);
        return new Deep(front, last.left(), children(last.node()));
    }

    private static Tree treeOf(Node[] nodes) {
        return appendAll(EMPTY, nodes);
    }

    private static Tree appendAll(Tree tree, Node[] nodes) {
        Tree all = tree;
        for (Node node : nodes) {
            all = append(all, node);
        }
        return all;
    }

    private static Tree prependAll(Node[] nodes, Tree tree) {
        Tree all = tree;
        for (int i = nodes.length - 1; i >= 0; i--) {
            all = prepend(nodes[i], all);
        }
        return all;
    }

    /// Two or more nodes as branches: threes, and one or two pairs where three does not divide.
    private static Node[] branches(Node[] nodes) {
        Node[] branches = new Node[(nodes.length + 2) / 3];
        int at = 0;
        for (int i = 0; i < branches.length; i++) {
            int left = nodes.length - at;
            int size = left == 2 || left == 4 ? 2 : 3;
            branches[i] = new Branch(Arrays.copyOfRange(nodes, at, at + size));
            at += size;
        }
        return branches;
    }

    private static Node[] children(Node node) {
        return switch (node) {
            case Branch b -> b.children;
            case Leaf l -> throw new AssertionError("a window below the top of a finger tree");
        };
    }

    /// The node that has the octet `at`.
    private static int indexOf(Node[] nodes, long at) {
        int i = 0;
        for (long rest = at - nodes[0].length(); rest >= 0; rest -= nodes[i].length()) {
            i++;
        }
        return i;
    }

    private static long sum(Node[] nodes) {
        return sumBefore(nodes, nodes.length);
    }

    private static long sumBefore(Node[] nodes, int end) {
        long sum = 0;
        for (int i = 0; i < end; i++) {
            sum += nodes[i].length();
        }
        return sum;
    }

    private static Node[] before(Node[] nodes, int i) {
        return Arrays.copyOf(nodes, i);
    }

    private static Node[] after(Node[] nodes, int i) {
        return Arrays.copyOfRange(nodes, i + 1, nodes.length);
    }

    private static Node[] join(Node[] left, Node[] right) {
        Node[] all = Arrays.copyOf(left, left.length + right.length);
        System.arraycopy(right, 0, all, left.length, right.length);
        return all;
    }

    private static Node[] nodes(Node... nodes) {
        return nodes;
    }

    private FingerTree() {}
}
