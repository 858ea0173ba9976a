package io.tidegate.http.config.identity;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.regex.Pattern;

/**
 * The addresses that begin with the same bits, such as {@code 10.0.0.0/8} or {@code fd00::/8}; or
 * one address by itself.
 *
 * <p>Threading: immutable, safe for all.
 */
public final class Network {

  /** Four plain numbers: shorter forms mean something else to every second reader. */
  private static final Pattern IPV4 = Pattern.compile("(0|[1-9]\\d{0,2})(\\.(0|[1-9]\\d{0,2})){3}");

  private static final Pattern IPV6 = Pattern.compile("[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");
  private static final Pattern BITS = Pattern.compile("0|[1-9]\\d{0,2}");

  private final byte[] address;
  private final int bits;

  private Network(byte[] address, int bits) {
    this.address = address;
    this.bits = bits;
  }

  /**
   * Reads an address, or an address and the number of its bits that count.
   *
   * @throws IllegalArgumentException in words that follow the text, if it is neither
   */
  public static Network parse(String text) {
    int slash = text.indexOf('/');
    byte[] address = address(slash < 0 ? text : text.substring(0, slash));
    int all = address.length * Byte.SIZE;
    if (slash < 0) {
      return new Network(address, all);
    }
    String written = text.substring(slash + 1);
    if (!BITS.matcher(written).matches() || Integer.parseInt(written) > all) {
      throw new IllegalArgumentException("needs a number of bits from 0 to " + all);
    }
    int bits = Integer.parseInt(written);
    byte[] first = masked(address, bits);
    if (!Arrays.equals(first, address)) {
      throw new IllegalArgumentException(
          "has bits beyond its first %d, did you mean `%s`?"
              .formatted(bits, new Network(first, bits)));
    }
    return new Network(address, bits);
  }

  /** Whether an address is of this network. An IPv4 address is never of an IPv6 network. */
  public boolean contains(InetAddress other) {
    byte[] theirs = other.getAddress();
    return theirs.length == address.length && sameBits(theirs);
  }

  private boolean sameBits(byte[] theirs) {
    int whole = bits / Byte.SIZE;
    int rest = bits % Byte.SIZE;
    return Arrays.equals(theirs, 0, whole, address, 0, whole)
        && (rest == 0 || (theirs[whole] ^ address[whole]) >> (Byte.SIZE - rest) == 0);
  }

  private static byte[] masked(byte[] address, int bits) {
    byte[] result = new byte[address.length];
    for (int bit = 0; bit < bits; bit++) {
      result[bit / Byte.SIZE] |= (byte) (address[bit / Byte.SIZE] & 0x80 >> bit % Byte.SIZE);
    }
    return result;
  }

  /** Never asks a name server: what is let through is an address to whoever reads it. */
  private static byte[] address(String text) {
    if (IPV4.matcher(text).matches() || IPV6.matcher(text).matches()) {
      try {
        return InetAddress.getByName(text).getAddress();
      } catch (UnknownHostException notAnAddress) {
        // said below
      }
    }
    throw new IllegalArgumentException("is no network, write it like 10.0.0.0/8 or fd00::/8");
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Network network
        && bits == network.bits
        && Arrays.equals(address, network.address);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(address) + bits;
  }

  /** As it is written in a configuration. */
  @Override
  public String toString() {
    try {
      return InetAddress.getByAddress(address).getHostAddress() + "/" + bits;
    } catch (UnknownHostException impossible) {
      throw new IllegalStateException("every address has 4 or 16 bytes", impossible);
    }
  }
}
