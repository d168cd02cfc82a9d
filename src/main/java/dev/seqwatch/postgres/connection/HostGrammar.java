package dev.seqwatch.postgres.connection;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The one grammar of a host: a host name, an IPv4 address in four decimal numbers, or an IPv6 address. Other notations of
 * an IPv4 address ({@code 127.1}, {@code 0x7f.0.0.1}, {@code 2130706433}) are refused, because resolvers read them
 * differently; an IPv6 address that stands for an IPv4 address becomes that IPv4 address.
 */
final class HostGrammar {
    private static final int MAX_LENGTH = 253;
    private static final String LABEL = "[A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?";
    private static final Pattern NAME = Pattern.compile(LABEL + "([.]" + LABEL + ")*[.]?");
    private static final Pattern NUMERIC_END = Pattern.compile("(.*[.])?([0-9]+|0[xX][0-9A-Fa-f]*)[.]?");
    private static final String OCTET = "(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";
    private static final Pattern IPV4 = Pattern.compile(OCTET + "([.]" + OCTET + "){3}");
    private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f:.]{2,45}");

    private static final Pattern DIRECTORY = Pattern.compile("(?!.*/[.]{1,2}(/|$))/[^\\p{Cntrl},]{0,91}");

    private HostGrammar() {}

    /**
     * A host in the one spelling that is dialled, shown and compared: lower case, IPv6 as RFC 5952 writes it.
     *
     * @throws IllegalArgumentException with a line that says what to write and does not repeat the text, which may be a
     *     password in the wrong place
     */
    static String canonical(String text) {
        if (text.startsWith("/")) {
            throw new IllegalArgumentException(
                    "it is a socket directory: write a host that listens on TCP, for example localhost");
        }
        if (text.indexOf(':') >= 0) {
            return ipv6(text);
        }
        if (IPV4.matcher(text).matches()) {
            return text;
        }
        if (NUMERIC_END.matcher(text).matches()) {
            throw new IllegalArgumentException("write an IPv4 address as four decimal numbers, for example 192.0.2.7");
        }
        if (text.length() > MAX_LENGTH || !NAME.matcher(text).matches()) {
            throw refused();
        }
        return text.toLowerCase(Locale.ROOT);
    }

    /**
     * The directory of a Unix-domain socket: an absolute path without {@code ..}, as it is dialled and shown.
     *
     * @throws IllegalArgumentException with a line that says what to write and does not repeat the text
     */
    static String directory(String text) {
        if (!DIRECTORY.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "write a socket directory as an absolute path without .., for example /var/run/postgresql");
        }
        var path = text.replaceAll("/+", "/");
        return path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }

    /** Whether a canonical host is an address and not a name. */
    static boolean isAddress(String canonical) {
        return canonical.indexOf(':') >= 0 || IPV4.matcher(canonical).matches();
    }

    private static String ipv6(String text) {
        if (!IPV6.matcher(text).matches()) {
            throw refused();
        }
        try {
            var address = InetAddress.ofLiteral(text);
            return address instanceof Inet6Address ? shortest(address.getAddress()) : address.getHostAddress();
        } catch (IllegalArgumentException e) {
            throw refused();
        }
    }

    /** RFC 5952: the longest run of two or more zero groups, the first of equals, becomes {@code ::}. */
    private static String shortest(byte[] address) {
        var groups = new int[8];
        Arrays.setAll(groups, i -> (address[2 * i] & 0xff) << 8 | (address[2 * i + 1] & 0xff));
        var from = 0;
        var length = 0;
        for (var i = 0; i < groups.length; i++) {
            var end = i;
            while (end < groups.length && groups[end] == 0) {
                end++;
            }
            if (end - i > length) {
                from = i;
                length = end - i;
            }
        }
        if (length < 2) {
            return joined(groups, 0, groups.length);
        }
        return joined(groups, 0, from) + "::" + joined(groups, from + length, groups.length);
    }

    private static String joined(int[] groups, int from, int to) {
        return Arrays.stream(groups, from, to).mapToObj(Integer::toHexString).collect(Collectors.joining(":"));
    }

    private static IllegalArgumentException refused() {
        return new IllegalArgumentException(
                "write a host name or an IP address, without port, brackets, commas, slashes or blanks");
    }
}
