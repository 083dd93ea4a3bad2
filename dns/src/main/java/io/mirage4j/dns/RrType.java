// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns;

import io.mirage4j.platform.Parsed;

import org.jspecify.annotations.Nullable;

/// The types of records, as the numbers that they are on the wire, with their mnemonics (IANA
/// registry "Resource Record (RR) TYPEs"; `DELEG` and `DELEGPARAM` have numbers from the private
/// range while their draft is one). A type without a mnemonic is written `TYPE123` (RFC 3597, 5).
public final class RrType {
    public static final int A = 1;
    public static final int NS = 2;
    public static final int MD = 3;
    public static final int MF = 4;
    public static final int CNAME = 5;
    public static final int SOA = 6;
    public static final int MB = 7;
    public static final int MG = 8;
    public static final int MR = 9;
    public static final int NULL = 10;
    public static final int WKS = 11;
    public static final int PTR = 12;
    public static final int HINFO = 13;
    public static final int MINFO = 14;
    public static final int MX = 15;
    public static final int TXT = 16;
    public static final int RP = 17;
    public static final int AFSDB = 18;
    public static final int X25 = 19;
    public static final int ISDN = 20;
    public static final int RT = 21;
    public static final int NSAP = 22;
    public static final int NSAP_PTR = 23;
    public static final int SIG = 24;
    public static final int KEY = 25;
    public static final int PX = 26;
    public static final int GPOS = 27;
    public static final int AAAA = 28;
    public static final int LOC = 29;
    public static final int NXT = 30;
    public static final int EID = 31;
    public static final int NIMLOC = 32;
    public static final int SRV = 33;
    public static final int ATMA = 34;
    public static final int NAPTR = 35;
    public static final int KX = 36;
    public static final int CERT = 37;
    public static final int A6 = 38;
    public static final int DNAME = 39;
    public static final int SINK = 40;
    public static final int OPT = 41;
    public static final int APL = 42;
    public static final int DS = 43;
    public static final int SSHFP = 44;
    public static final int IPSECKEY = 45;
    public static final int RRSIG = 46;
    public static final int NSEC = 47;
    public static final int DNSKEY = 48;
    public static final int DHCID = 49;
    public static final int NSEC3 = 50;
    public static final int NSEC3PARAM = 51;
    public static final int TLSA = 52;
    public static final int SMIMEA = 53;
    public static final int HIP = 55;
    public static final int NINFO = 56;
    public static final int RKEY = 57;
    public static final int TALINK = 58;
    public static final int CDS = 59;
    public static final int CDNSKEY = 60;
    public static final int OPENPGPKEY = 61;
    public static final int CSYNC = 62;
    public static final int ZONEMD = 63;
    public static final int SVCB = 64;
    public static final int HTTPS = 65;
    public static final int DSYNC = 66;
    public static final int HHIT = 67;
    public static final int BRID = 68;
    public static final int SPF = 99;
    public static final int UINFO = 100;
    public static final int UID = 101;
    public static final int GID = 102;
    public static final int UNSPEC = 103;
    public static final int NID = 104;
    public static final int L32 = 105;
    public static final int L64 = 106;
    public static final int LP = 107;
    public static final int EUI48 = 108;
    public static final int EUI64 = 109;
    public static final int NXNAME = 128;
    public static final int TKEY = 249;
    public static final int TSIG = 250;
    public static final int IXFR = 251;
    public static final int AXFR = 252;
    public static final int MAILB = 253;
    public static final int MAILA = 254;
    public static final int ANY = 255;
    public static final int URI = 256;
    public static final int CAA = 257;
    public static final int AVC = 258;
    public static final int DOA = 259;
    public static final int AMTRELAY = 260;
    public static final int RESINFO = 261;
    public static final int WALLET = 262;
    public static final int CLA = 263;
    public static final int IPN = 264;
    public static final int TA = 32768;
    public static final int DLV = 32769;
    public static final int DELEG = 61440;
    public static final int DELEGPARAM = 65433;

    /// Types 128 to 255 are questions or live in one message only (RFC 6895, 3.1).
    public static boolean isMeta(int type) {
        return type == OPT || (type >= 128 && type <= 255);
    }

    /// The mnemonic, or `TYPE123`.
    public static String name(int type) {
        String mnemonic = mnemonic(type);
        return mnemonic != null ? mnemonic : "TYPE" + type;
    }

    /// Reads a mnemonic, or `TYPE123`, in any case.
    public static Parsed<Integer> parse(String text) {
        int type = Mnemonics.TYPES.find(text);
        return type >= 0
                ? new Parsed.Value<>(type)
                : new Parsed.Malformed<>("unknown type " + text, 0);
    }

    static @Nullable String mnemonic(int type) {
        return Mnemonics.TYPES.name(type);
    }

    /// For the table of names.
    static void each(Mnemonics.Entry entry) {
        entry.is("A", A);
        entry.is("NS", NS);
        entry.is("MD", MD);
        entry.is("MF", MF);
        entry.is("CNAME", CNAME);
        entry.is("SOA", SOA);
        entry.is("MB", MB);
        entry.is("MG", MG);
        entry.is("MR", MR);
        entry.is("NULL", NULL);
        entry.is("WKS", WKS);
        entry.is("PTR", PTR);
        entry.is("HINFO", HINFO);
        entry.is("MINFO", MINFO);
        entry.is("MX", MX);
        entry.is("TXT", TXT);
        entry.is("RP", RP);
        entry.is("AFSDB", AFSDB);
        entry.is("X25", X25);
        entry.is("ISDN", ISDN);
        entry.is("RT", RT);
        entry.is("NSAP", NSAP);
        entry.is("NSAP-PTR", NSAP_PTR);
        entry.is("SIG", SIG);
        entry.is("KEY", KEY);
        entry.is("PX", PX);
        entry.is("GPOS", GPOS);
        entry.is("AAAA", AAAA);
        entry.is("LOC", LOC);
        entry.is("NXT", NXT);
        entry.is("EID", EID);
        entry.is("NIMLOC", NIMLOC);
        entry.is("SRV", SRV);
        entry.is("ATMA", ATMA);
        entry.is("NAPTR", NAPTR);
        entry.is("KX", KX);
        entry.is("CERT", CERT);
        entry.is("A6", A6);
        entry.is("DNAME", DNAME);
        entry.is("SINK", SINK);
        entry.is("OPT", OPT);
        entry.is("APL", APL);
        entry.is("DS", DS);
        entry.is("SSHFP", SSHFP);
        entry.is("IPSECKEY", IPSECKEY);
        entry.is("RRSIG", RRSIG);
        entry.is("NSEC", NSEC);
        entry.is("DNSKEY", DNSKEY);
        entry.is("DHCID", DHCID);
        entry.is("NSEC3", NSEC3);
        entry.is("NSEC3PARAM", NSEC3PARAM);
        entry.is("TLSA", TLSA);
        entry.is("SMIMEA", SMIMEA);
        entry.is("HIP", HIP);
        entry.is("NINFO", NINFO);
        entry.is("RKEY", RKEY);
        entry.is("TALINK", TALINK);
        entry.is("CDS", CDS);
        entry.is("CDNSKEY", CDNSKEY);
        entry.is("OPENPGPKEY", OPENPGPKEY);
        entry.is("CSYNC", CSYNC);
        entry.is("ZONEMD", ZONEMD);
        entry.is("SVCB", SVCB);
        entry.is("HTTPS", HTTPS);
        entry.is("DSYNC", DSYNC);
        entry.is("HHIT", HHIT);
        entry.is("BRID", BRID);
        entry.is("SPF", SPF);
        entry.is("UINFO", UINFO);
        entry.is("UID", UID);
        entry.is("GID", GID);
        entry.is("UNSPEC", UNSPEC);
        entry.is("NID", NID);
        entry.is("L32", L32);
        entry.is("L64", L64);
        entry.is("LP", LP);
        entry.is("EUI48", EUI48);
        entry.is("EUI64", EUI64);
        entry.is("NXNAME", NXNAME);
        entry.is("TKEY", TKEY);
        entry.is("TSIG", TSIG);
        entry.is("IXFR", IXFR);
        entry.is("AXFR", AXFR);
        entry.is("MAILB", MAILB);
        entry.is("MAILA", MAILA);
        entry.is("ANY", ANY);
        entry.is("URI", URI);
        entry.is("CAA", CAA);
        entry.is("AVC", AVC);
        entry.is("DOA", DOA);
        entry.is("AMTRELAY", AMTRELAY);
        entry.is("RESINFO", RESINFO);
        entry.is("WALLET", WALLET);
        entry.is("CLA", CLA);
        entry.is("IPN", IPN);
        entry.is("TA", TA);
        entry.is("DLV", DLV);
        entry.is("DELEG", DELEG);
        entry.is("DELEGPARAM", DELEGPARAM);
    }

    private RrType() {}
}
