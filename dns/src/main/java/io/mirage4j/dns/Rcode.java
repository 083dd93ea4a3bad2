// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns;

/// How a request went: four bits of the header, eight more of EDNS, sixteen in TSIG and TKEY.
public final class Rcode {
    public static final int NOERROR = 0;
    public static final int FORMERR = 1;
    public static final int SERVFAIL = 2;
    public static final int NXDOMAIN = 3;
    public static final int NOTIMP = 4;
    public static final int REFUSED = 5;
    public static final int YXDOMAIN = 6;
    public static final int YXRRSET = 7;
    public static final int NXRRSET = 8;
    public static final int NOTAUTH = 9;
    public static final int NOTZONE = 10;
    public static final int DSOTYPENI = 11;
    public static final int BADVERS = 16;

    /// The same number as BADVERS, in TSIG records (RFC 8945, 3).
    public static final int BADSIG = 16;

    public static final int BADKEY = 17;
    public static final int BADTIME = 18;
    public static final int BADMODE = 19;
    public static final int BADNAME = 20;
    public static final int BADALG = 21;
    public static final int BADTRUNC = 22;
    public static final int BADCOOKIE = 23;

    /// The name that the registry has, BADVERS for 16; or the number.
    public static String name(int rcode) {
        String name = Mnemonics.RCODES.name(rcode);
        return name != null ? name : Integer.toString(rcode);
    }

    static void each(Mnemonics.Entry entry) {
        entry.is("NOERROR", NOERROR);
        entry.is("FORMERR", FORMERR);
        entry.is("SERVFAIL", SERVFAIL);
        entry.is("NXDOMAIN", NXDOMAIN);
        entry.is("NOTIMP", NOTIMP);
        entry.is("REFUSED", REFUSED);
        entry.is("YXDOMAIN", YXDOMAIN);
        entry.is("YXRRSET", YXRRSET);
        entry.is("NXRRSET", NXRRSET);
        entry.is("NOTAUTH", NOTAUTH);
        entry.is("NOTZONE", NOTZONE);
        entry.is("DSOTYPENI", DSOTYPENI);
        entry.is("BADVERS", BADVERS);
        entry.is("BADSIG", BADSIG);
        entry.is("BADKEY", BADKEY);
        entry.is("BADTIME", BADTIME);
        entry.is("BADMODE", BADMODE);
        entry.is("BADNAME", BADNAME);
        entry.is("BADALG", BADALG);
        entry.is("BADTRUNC", BADTRUNC);
        entry.is("BADCOOKIE", BADCOOKIE);
    }

    private Rcode() {}
}
