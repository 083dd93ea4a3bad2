// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.examples.devices;

import io.mirage4j.platform.unikernel.Board;
import io.mirage4j.platform.unikernel.Declaration;
import io.netty.buffer.AdaptiveByteBufAllocator;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.UnpooledByteBufAllocator;

import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.signers.Ed25519Signer;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.jctools.queues.MpmcArrayQueue;
import org.jctools.queues.MpscArrayQueue;
import org.jctools.queues.SpscArrayQueue;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Queue;

import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// Uses libraries that look at themselves by reflection, which an image knows of only because its
/// builder was told: Netty's buffers, the queues of JCTools, Bouncy Castle. An image of its own,
/// since these take more room than all of [Devices]: see [LibrariesImageTest].
public final class Libraries {
    private static final HexFormat HEX = HexFormat.of();
    private static final int ITEMS = 10_000;

    static final Declaration DECLARATION =
            Declaration.named("libraries").about("Uses libraries that need to be known.").build();

    public static void main(String[] args) {
        DECLARATION.main(args, (board, arguments) -> run(board));
    }

    static int run(Board board) throws GeneralSecurityException, InterruptedException {
        buffers(UnpooledByteBufAllocator.DEFAULT);
        buffers(PooledByteBufAllocator.DEFAULT);
        buffers(new AdaptiveByteBufAllocator());
        board.console().println("libraries: buffers ok");
        queue(new SpscArrayQueue<>(64));
        queue(new MpscArrayQueue<>(64));
        queue(new MpmcArrayQueue<>(64));
        board.console().println("libraries: queues ok");
        digest();
        seal();
        sign();
        board.console().println("libraries: cryptography ok");
        return 0;
    }

    private static void buffers(ByteBufAllocator allocator) {
        ByteBuf direct = allocator.directBuffer(1500);
        ByteBuf heap = allocator.heapBuffer(16);
        for (int i = 0; i < 1500 / Long.BYTES; i++) {
            direct.writeLong(i * 0x0101_0101L);
        }
        heap.writeBytes(direct, 64); // grows
        expect(heap.getLong(56) == 7 * 0x0101_0101L, allocator + " copies octets");
        ByteBuf both = allocator.compositeBuffer().addComponents(true, heap, direct);
        expect(both.readableBytes() == 64 + 1496 - 64, both + " has the octets of both");
        expect(both.release() && direct.refCnt() == 0 && heap.refCnt() == 0, "all is released");
    }

    /// Whoever finds the queue full, or empty, lets the other go on.
    @SuppressWarnings("ThreadPriorityCheck")
    private static void queue(Queue<Integer> queue) throws InterruptedException {
        Thread giver =
                Thread.ofPlatform()
                        .start(
                                () -> {
                                    for (int i = 0; i < ITEMS; i++) {
                                        while (!queue.offer(i)) {
                                            Thread.yield();
                                        }
                                    }
                                });
        for (int i = 0; i < ITEMS; i++) {
            Integer item;
            while ((item = queue.poll()) == null) {
                Thread.yield();
            }
            expect(item == i, queue.getClass() + " keeps the order");
        }
        giver.join();
    }

    /// FIPS 180-4, the example "abc", by way of the provider.
    private static void digest() throws GeneralSecurityException {
        byte[] text = "abc".getBytes(StandardCharsets.US_ASCII);
        String sum = HEX.formatHex(MessageDigest.getInstance("SHA-256", provider()).digest(text));
        expect(sum.startsWith("ba7816bf8f01cfea"), "SHA-256 of abc, not " + sum);
    }

    /// What was sealed can be opened, and not when an octet changed.
    private static void seal() throws GeneralSecurityException {
        byte[] text = new byte[1000];
        byte[] sealed = gcm(Cipher.ENCRYPT_MODE, text);
        expect(sealed.length == text.length + 16, "a tag of 16 octets");
        expect(Arrays.equals(gcm(Cipher.DECRYPT_MODE, sealed), text), "AES-GCM opens");
        sealed[500] ^= 1;
        try {
            gcm(Cipher.DECRYPT_MODE, sealed);
        } catch (GeneralSecurityException refused) {
            return;
        }
        throw new AssertionError("AES-GCM opened what was changed");
    }

    private static byte[] gcm(int mode, byte[] octets) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding", provider());
        var key = new SecretKeySpec(new byte[16], "AES");
        cipher.init(mode, key, new GCMParameterSpec(128, new byte[12]));
        return cipher.doFinal(octets);
    }

    /// RFC 8032, 7.1, test 2.
    private static void sign() {
        byte[] message = HEX.parseHex("72");
        var key =
                new Ed25519PrivateKeyParameters(
                        HEX.parseHex(
                                "4ccd089b28ff96da9db6c346ec114e0f"
                                        + "5b8a319f35aba624da8cf6ed4fb8a6fb"));
        var signer = new Ed25519Signer();
        signer.init(true, key);
        signer.update(message, 0, message.length);
        byte[] signature = signer.generateSignature();
        expect(HEX.formatHex(signature).startsWith("92a009a9f0d4cab8720e820b5f642540"), "RFC 8032");
        var verifier = new Ed25519Signer();
        verifier.init(false, key.generatePublicKey());
        verifier.update(message, 0, message.length);
        expect(verifier.verifySignature(signature), "Ed25519 verifies");
    }

    private static BouncyCastleProvider provider() {
        return new BouncyCastleProvider();
    }

    private static void expect(boolean isSo, String what) {
        if (!isSo) throw new AssertionError(what);
    }

    private Libraries() {}
}
