package io.tidegate.http.config.identity.key;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A SHA-256 digest as a value: four words, so that it can be a key in a map without an array.
 *
 * <p>Comparing digests by {@code equals} leaks no more through its timing than how two digests
 * differ, which says nothing about the keys they were made of.
 */
public record Sha256(long first, long second, long third, long fourth) {
  // To look for the algorithm costs more than the digest of a key, and each request has one.
  private static final ThreadLocal<MessageDigest> DIGEST = ThreadLocal.withInitial(Sha256::digest);

  /** The digest of a text's UTF-8 bytes. */
  public static Sha256 of(String text) {
    return ofDigest(DIGEST.get().digest(text.getBytes(StandardCharsets.UTF_8)));
  }

  /**
   * Reads 64 hexadecimal digits of either case.
   *
   * @throws IllegalArgumentException if the text is anything else
   */
  public static Sha256 parseHex(String hex) {
    if (hex.length() != 64) {
      throw new IllegalArgumentException("not 64 hexadecimal digits");
    }
    return ofDigest(HexFormat.of().parseHex(hex));
  }

  /** The digest as 64 lower-case hexadecimal digits. */
  public String hex() {
    ByteBuffer bytes = ByteBuffer.allocate(32);
    bytes.putLong(first).putLong(second).putLong(third).putLong(fourth);
    return HexFormat.of().formatHex(bytes.array());
  }

  /** The first eight digits: enough to tell two apart in a log, useless to whoever guesses keys. */
  @Override
  public String toString() {
    return hex().substring(0, 8) + "...";
  }

  private static Sha256 ofDigest(byte[] digest) {
    ByteBuffer bytes = ByteBuffer.wrap(digest);
    return new Sha256(bytes.getLong(), bytes.getLong(), bytes.getLong(), bytes.getLong());
  }

  private static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
