package io.tidegate.http.signup;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Objects;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Somebody who is told of events, and what the messages are signed with.
 *
 * <p>The signature is that of Standard Webhooks 1.0: HMAC-SHA256 over id, time and body. A secret
 * that begins with {@code whsec_} is the Base64 of its bytes; any other is taken as it is written.
 *
 * <p>Threading: immutable.
 *
 * @param url where events are posted to
 * @param secret shared with the listener
 */
public record Webhook(URI url, String secret) {
  private static final String ALGORITHM = "HmacSHA256";
  private static final String MARK = "whsec_";

  public Webhook {
    Objects.requireNonNull(url, "url");
    key(secret);
  }

  /** Its name in the outbox: the same as long as it is at that address. */
  public String name() {
    String text = url.toString();
    return text.length() <= 64 ? text : text.substring(0, 55) + "-" + hash(text);
  }

  /** The value of {@code webhook-signature}. */
  public String signature(String id, long epochSeconds, String body) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key(secret), ALGORITHM));
      byte[] signed =
          mac.doFinal((id + "." + epochSeconds + "." + body).getBytes(StandardCharsets.UTF_8));
      return "v1," + Base64.getEncoder().encodeToString(signed);
    } catch (NoSuchAlgorithmException | InvalidKeyException e) {
      throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
    }
  }

  private static String hash(String text) {
    return "%08x".formatted(text.hashCode());
  }

  private static byte[] key(String secret) {
    byte[] key =
        secret.startsWith(MARK)
            ? Base64.getDecoder().decode(secret.substring(MARK.length()))
            : secret.getBytes(StandardCharsets.UTF_8);
    if (key.length == 0) {
      throw new IllegalArgumentException("a webhook needs a secret");
    }
    return key;
  }

  /** Never with the secret. */
  @Override
  public String toString() {
    return "Webhook[" + url + "]";
  }
}
