// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns;

import static io.mirage4j.dns.NameField.NAME;
import static io.mirage4j.dns.NumberField.ALGORITHM;
import static io.mirage4j.dns.NumberField.SECONDS;
import static io.mirage4j.dns.NumberField.TYPE;
import static io.mirage4j.dns.NumberField.U16;
import static io.mirage4j.dns.NumberField.U32;
import static io.mirage4j.dns.NumberField.U48;
import static io.mirage4j.dns.NumberField.U64;
import static io.mirage4j.dns.NumberField.U8;
import static io.mirage4j.dns.OctetField.BASE64;
import static io.mirage4j.dns.OctetField.BASE64_OR_NONE;
import static io.mirage4j.dns.OctetField.HASH;
import static io.mirage4j.dns.OctetField.HEX;
import static io.mirage4j.dns.OctetField.SALT;
import static io.mirage4j.dns.OctetField.SIZED64;
import static io.mirage4j.dns.TextField.STRING;
import static io.mirage4j.dns.TextField.STRINGS;

import io.mirage4j.cstruct.ReadOnlyCstruct;

import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.Map;

/// What the data of a type looks like: its fields in a row. The one table of all types; what is not
/// in it is octets (RFC 3597).
final class RdataForm {
    /// How names in the data take part in compression and in the canonical form.
    private enum Names {
        /// Of RFC 1035: may be compressed, and are in lower case in the canonical form.
        COMPRESSED,
        /// Of RFC 4034, 6.2 as RFC 6840, 5.1 has it: in lower case in the canonical form.
        FOLDED,
        /// Are as they are, or there are none.
        KEPT
    }

    private static final RdataForm[] LOW = new RdataForm[270];
    private static final Map<Integer, RdataForm> HIGH = new HashMap<>();

    static {
        put(RrType.A, Names.KEPT, AddressField.IPV4);
        put(RrType.NS, Names.COMPRESSED, NAME);
        put(RrType.MD, Names.COMPRESSED, NAME);
        put(RrType.MF, Names.COMPRESSED, NAME);
        put(RrType.CNAME, Names.COMPRESSED, NAME);
        put(RrType.SOA, Names.COMPRESSED, NAME, NAME, U32, SECONDS, SECONDS, SECONDS, SECONDS);
        put(RrType.MB, Names.COMPRESSED, NAME);
        put(RrType.MG, Names.COMPRESSED, NAME);
        put(RrType.MR, Names.COMPRESSED, NAME);
        put(RrType.WKS, Names.KEPT, AddressField.IPV4, WksField.WKS);
        put(RrType.PTR, Names.COMPRESSED, NAME);
        put(RrType.HINFO, Names.KEPT, STRING, STRING);
        put(RrType.MINFO, Names.COMPRESSED, NAME, NAME);
        put(RrType.MX, Names.COMPRESSED, U16, NAME);
        put(RrType.TXT, Names.KEPT, STRINGS);
        put(RrType.RP, Names.FOLDED, NAME, NAME);
        put(RrType.AFSDB, Names.FOLDED, U16, NAME);
        put(RrType.X25, Names.KEPT, STRING);
        put(RrType.ISDN, Names.KEPT, STRING, TextField.OPTIONAL);
        put(RrType.RT, Names.FOLDED, U16, NAME);
        put(RrType.NSAP, Names.KEPT, NsapField.NSAP);
        put(RrType.NSAP_PTR, Names.KEPT, NAME);
        put(
                RrType.SIG,
                Names.FOLDED,
                TYPE,
                ALGORITHM,
                U8,
                SECONDS,
                TimeField.TIME,
                TimeField.TIME,
                U16,
                NAME,
                BASE64);
        put(
                RrType.KEY,
                Names.KEPT,
                KeyFlagsField.FLAGS,
                NumberField.KEY_PROTOCOL,
                ALGORITHM,
                KeyField.KEY);
        put(RrType.PX, Names.FOLDED, U16, NAME, NAME);
        put(RrType.GPOS, Names.KEPT, STRING, STRING, STRING);
        put(RrType.AAAA, Names.KEPT, AddressField.IPV6);
        put(RrType.LOC, Names.KEPT, LocField.LOC);
        put(RrType.NXT, Names.FOLDED, NAME, BitmapField.RUN);
        put(RrType.EID, Names.KEPT, HEX);
        put(RrType.NIMLOC, Names.KEPT, HEX);
        put(RrType.SRV, Names.FOLDED, U16, U16, U16, NAME);
        put(RrType.ATMA, Names.KEPT, NsapField.ATMA);
        put(RrType.NAPTR, Names.FOLDED, U16, U16, STRING, STRING, STRING, NAME);
        put(RrType.KX, Names.FOLDED, U16, NAME);
        put(RrType.CERT, Names.KEPT, NumberField.CERTIFICATE, U16, ALGORITHM, BASE64);
        put(RrType.A6, Names.KEPT, A6Field.A6);
        put(RrType.DNAME, Names.FOLDED, NAME);
        put(RrType.SINK, Names.KEPT, U8, U8, U8, BASE64_OR_NONE);
        put(RrType.APL, Names.KEPT, AplField.APL);
        put(RrType.DS, Names.KEPT, U16, ALGORITHM, U8, HEX);
        put(RrType.SSHFP, Names.KEPT, U8, U8, HEX);
        put(RrType.IPSECKEY, Names.KEPT, U8, GatewayField.IPSECKEY, KeyField.IPSECKEY);
        put(
                RrType.RRSIG,
                Names.FOLDED,
                TYPE,
                ALGORITHM,
                U8,
                SECONDS,
                TimeField.TIME,
                TimeField.TIME,
                U16,
                NAME,
                BASE64);
        put(RrType.NSEC, Names.KEPT, NAME, BitmapField.WINDOWS);
        put(RrType.DNSKEY, Names.KEPT, U16, U8, ALGORITHM, BASE64);
        put(RrType.DHCID, Names.KEPT, BASE64);
        put(RrType.NSEC3, Names.KEPT, U8, U8, U16, SALT, HASH, BitmapField.WINDOWS);
        put(RrType.NSEC3PARAM, Names.KEPT, U8, U8, U16, SALT);
        put(RrType.TLSA, Names.KEPT, U8, U8, U8, HEX);
        put(RrType.SMIMEA, Names.KEPT, U8, U8, U8, HEX);
        put(RrType.HIP, Names.KEPT, HipField.HIP);
        put(RrType.NINFO, Names.KEPT, STRINGS);
        put(RrType.RKEY, Names.KEPT, U16, U8, ALGORITHM, BASE64);
        put(RrType.TALINK, Names.KEPT, NAME, NAME);
        put(RrType.CDS, Names.KEPT, U16, ALGORITHM, U8, HEX);
        put(RrType.CDNSKEY, Names.KEPT, U16, U8, ALGORITHM, BASE64);
        put(RrType.OPENPGPKEY, Names.KEPT, BASE64);
        put(RrType.CSYNC, Names.KEPT, U32, U16, BitmapField.WINDOWS);
        put(RrType.ZONEMD, Names.KEPT, U32, U8, U8, HEX);
        put(RrType.SVCB, Names.KEPT, U16, NAME, SvcParamsField.SERVICE);
        put(RrType.HTTPS, Names.KEPT, U16, NAME, SvcParamsField.SERVICE);
        put(RrType.DSYNC, Names.KEPT, TYPE, NumberField.DSYNC_SCHEME, U16, NAME);
        put(RrType.HHIT, Names.KEPT, BASE64);
        put(RrType.BRID, Names.KEPT, BASE64);
        put(RrType.SPF, Names.KEPT, STRINGS);
        put(RrType.NID, Names.KEPT, U16, AddressField.NODE64);
        put(RrType.L32, Names.KEPT, U16, AddressField.IPV4);
        put(RrType.L64, Names.KEPT, U16, AddressField.NODE64);
        put(RrType.LP, Names.KEPT, U16, NAME);
        put(RrType.EUI48, Names.KEPT, AddressField.EUI48);
        put(RrType.EUI64, Names.KEPT, AddressField.EUI64);
        put(
                RrType.TKEY,
                Names.KEPT,
                NAME,
                TimeField.TIME,
                TimeField.TIME,
                U16,
                ErrorField.ERROR,
                SIZED64,
                SIZED64);
        put(RrType.TSIG, Names.KEPT, NAME, U48, U16, SIZED64, U16, ErrorField.ERROR, SIZED64);
        put(RrType.URI, Names.KEPT, U16, U16, TextField.REST);
        put(RrType.CAA, Names.KEPT, U8, TextField.TAG, TextField.REST);
        put(RrType.AVC, Names.KEPT, STRINGS);
        put(RrType.DOA, Names.KEPT, U32, U32, U8, STRING, OctetField.BASE64_OR_DASH);
        put(RrType.AMTRELAY, Names.KEPT, U8, GatewayField.AMTRELAY);
        put(RrType.RESINFO, Names.KEPT, STRINGS);
        put(RrType.WALLET, Names.KEPT, STRINGS);
        put(RrType.CLA, Names.KEPT, STRINGS);
        put(RrType.IPN, Names.KEPT, U64);
        put(RrType.TA, Names.KEPT, U16, ALGORITHM, U8, HEX);
        put(RrType.DLV, Names.KEPT, U16, ALGORITHM, U8, HEX);
        put(RrType.DELEG, Names.KEPT, SvcParamsField.DELEGATION);
        put(RrType.DELEGPARAM, Names.KEPT, SvcParamsField.DELEGATION);
    }

    private final Field[] fields;
    private final Names names;

    private RdataForm(Names names, Field[] fields) {
        this.names = names;
        this.fields = fields;
    }

    private static void put(int type, Names names, Field... fields) {
        var form = new RdataForm(names, fields);
        if (type < LOW.length) LOW[type] = form;
        else HIGH.put(type, form);
    }

    /// Null for a type whose data is octets to us.
    static @Nullable RdataForm of(int type) {
        return type < LOW.length ? LOW[type] : HIGH.get(type);
    }

    /// Whether names in the data may be compressed (RFC 3597, 4).
    boolean isCompressible() {
        return names == Names.COMPRESSED;
    }

    /// Takes all words that are left.
    void parse(Words in, Octets out) throws TextFault {
        for (Field field : fields) field.parse(in, out);
        in.expectEnd();
    }

    /// Whether these octets are data of this form.
    boolean fits(byte[] rdata, int from, int to) {
        int at = from;
        for (Field field : fields) {
            at = field.skip(rdata, at, to);
            if (at < 0) return false;
        }
        return at == to;
    }

    /// Appends the data `raw`, which stands in `message` at `base`, its names written out; false if
    /// it is none.
    boolean read(byte[] raw, ReadOnlyCstruct message, int base, Octets out) {
        int at = 0;
        for (Field field : fields) {
            at = field.read(raw, at, raw.length, message, base, out);
            if (at < 0) return false;
        }
        return at == raw.length;
    }

    /// Whether data of this form can be written field by field.
    boolean hasText(byte[] rdata) {
        int at = 0;
        for (Field field : fields) {
            int next = field.skip(rdata, at, rdata.length);
            if (next < 0 || !field.hasText(rdata, at)) return false;
            at = next;
        }
        return true;
    }

    void print(byte[] rdata, TextOut out) {
        int at = 0;
        for (Field field : fields) {
            if (at > 0 && (at < rdata.length || field.hasWordForNothing()) && !field.putsBlanks()) {
                out.ch(' ');
            }
            at = field.print(rdata, at, out);
        }
    }

    /// Folds the names that the canonical form has in lower case.
    void canonicalize(byte[] rdata) {
        if (names == Names.KEPT) return;
        int at = 0;
        for (Field field : fields) {
            int next = field.skip(rdata, at, rdata.length);
            for (int i = at; field.isName() && i < next; i++) {
                rdata[i] = (byte) DnsName.fold(rdata[i]);
            }
            at = next;
        }
    }

    /// Writes the data at `off` of a message, its names compressed.
    ///
    /// @return where it ends, or -1 if there is no room
    int write(byte[] rdata, MessageWriter writer, int off) {
        int to = off;
        int at = 0;
        for (Field field : fields) {
            int next = field.skip(rdata, at, rdata.length);
            to = field.isName() ? writer.putName(rdata, at, to) : writer.put(rdata, at, next, to);
            if (to < 0) return -1;
            at = next;
        }
        return to;
    }
}
