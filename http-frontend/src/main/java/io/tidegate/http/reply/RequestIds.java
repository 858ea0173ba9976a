package io.tidegate.http.reply;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpRequest;

/**
 * The names by which one request can be found in the client's, the gate's and the upstream's logs.
 * A client's own {@code x-request-id} is kept.
 *
 * <p>Threading: safe for all.
 */
public final class RequestIds {

  /** One that is longer, or has other than visible ASCII in it, is replaced. */
  private static final int MAX_LENGTH = 128;

  private final String prefix;
  private final AtomicLong count = new AtomicLong();

  public RequestIds() {
    byte[] random = new byte[6];
    new SecureRandom().nextBytes(random);
    prefix = "req_" + HexFormat.of().formatHex(random);
  }

  /** A client's own id, or a new one. */
  public String of(HttpRequest request) {
    Optional<String> sent =
        request.getHeader("x-request-id").map(HttpHeader::value).filter(RequestIds::isFit);
    return sent.orElseGet(this::next);
  }

  private static boolean isFit(String id) {
    return !id.isEmpty()
        && id.length() <= MAX_LENGTH
        && id.chars().allMatch(c -> c > ' ' && c < 127);
  }

  /** A new id. */
  String next() {
    return prefix + Long.toHexString(count.incrementAndGet());
  }
}
