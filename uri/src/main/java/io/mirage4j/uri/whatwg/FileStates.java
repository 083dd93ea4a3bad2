// SPDX-License-Identifier: Apache-2.0

package io.mirage4j.uri.whatwg;

/// The states of the scheme `file`, whose host may be absent and whose path may have a drive.
final class FileStates {
    static UrlState file(UrlScan in) {
        in.url.setScheme("file");
        in.url.host = "";
        if (in.takeSlash()) return UrlState.FILE_SLASH;
        if (!hasFileBase(in)) return UrlState.PATH;
        Url base = in.base();
        in.url.host = base.hostname();
        in.url.copyPath(base);
        in.url.query = base.queryOrNull();
        return RelativeStates.relativeToPath(
                in, UrlCharacters.startsWithWindowsDriveLetter(in.text, in.p));
    }

    static UrlState fileSlash(UrlScan in) {
        if (in.takeSlash()) return UrlState.FILE_HOST;
        if (hasFileBase(in)) {
            in.url.host = in.base().hostname();
            String path = in.base().pathname();
            if (!UrlCharacters.startsWithWindowsDriveLetter(in.text, in.p)
                    && UrlRecord.startsWithDrive(path)) {
                in.url.path.append(path, 0, "/C:".length());
            }
        }
        return UrlState.PATH;
    }

    static UrlState fileHost(UrlScan in) {
        int end = AuthorityStates.authorityEnd(in, in.p);
        if (in.override == null && UrlCharacters.isWindowsDriveLetter(in.text, in.p, end)) {
            in.report.add(
                    ValidationError.FILE_INVALID_WINDOWS_DRIVE_LETTER_HOST, in.position(in.p));
            return UrlState.PATH; // it is the first segment
        }
        if (in.p == end) {
            in.url.host = "";
        } else {
            if (!AuthorityStates.parseHost(in, end)) return UrlState.FAILED;
            if ("localhost".equals(in.url.host)) {
                in.url.host = "";
            }
        }
        return in.override == null ? UrlState.PATH_START : UrlState.DONE;
    }

    private static boolean hasFileBase(UrlScan in) {
        return in.base != null && in.base.scheme().equals("file");
    }

    private FileStates() {}
}
