package io.tidegate.http.transport.framing;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Judges the head of a request, line by line, and tells how its body is framed.
 *
 * <p>Refused is what servers are known to read in different ways (RFC 9112, sections 3, 5 and 6,
 * and 11.2 on smuggling): both framings or one of them twice, codings other than {@code chunked},
 * lengths that are not plain numbers, two hosts or two types, folded lines, blanks before a colon.
 * A target may be a path, {@code *} for {@code OPTIONS}, or absolute if it names the same host as
 * the header.
 *
 * <p>Threading: for one connection's own use.
 */
final class RequestHead {

  /** What follows the head. */
  enum Body {
    NONE,
    SIZED,
    CHUNKED
  }

  private static final Pattern ABSOLUTE =
      Pattern.compile("https?://([^/?@]+)(?:[/?].*)?", Pattern.CASE_INSENSITIVE);

  private String targetHost;
  private String host;
  private boolean oldProtocol;
  private boolean knownProtocol;
  private OptionalLong length = OptionalLong.empty();
  private boolean chunked;
  private boolean typed;

  /** Whether it is a version that has this framing; if not, the HTTP layer refuses the request. */
  boolean isKnownProtocol() {
    return knownProtocol;
  }

  Optional<Refusal> requestLine(Line line) {
    int methodEnd = line.tokenLength();
    int targetEnd = line.indexOf(' ', methodEnd + 1);
    boolean inThree =
        methodEnd > 0
            && methodEnd < line.length()
            && line.at(methodEnd) == ' '
            && targetEnd > methodEnd + 1
            && targetEnd < line.length();
    if (!inThree) {
      return Optional.of(Refusal.MALFORMED);
    }
    String version = line.text(targetEnd + 1, line.length());
    oldProtocol = version.equals("HTTP/1.0");
    knownProtocol = oldProtocol || version.equals("HTTP/1.1");
    if (!knownProtocol) {
      return version.matches("HTTP/\\d\\.\\d") ? Optional.empty() : Optional.of(Refusal.MALFORMED);
    }
    String method = line.text(0, methodEnd);
    if (method.equals("CONNECT") || method.equals("TRACE")) {
      return Optional.of(Refusal.NOT_OFFERED);
    }
    for (int i = methodEnd + 1; i < targetEnd; i++) {
      if (!Octets.isTarget(line.at(i))) {
        return Optional.of(Refusal.MALFORMED);
      }
    }
    return target(method, line.text(methodEnd + 1, targetEnd));
  }

  private Optional<Refusal> target(String method, String target) {
    if (target.charAt(0) == '/' || (target.equals("*") && method.equals("OPTIONS"))) {
      return Optional.empty();
    }
    Matcher absolute = ABSOLUTE.matcher(target);
    if (!absolute.matches()) {
      return Optional.of(Refusal.MALFORMED);
    }
    targetHost = absolute.group(1);
    return Optional.empty();
  }

  Optional<Refusal> header(Line line) {
    boolean good = FieldLine.isGood(line);
    if (good && line.startsWith("content-length:")) {
      boolean first = length.isEmpty();
      length = ContentLength.parse(FieldLine.value(line));
      good = first && length.isPresent();
    } else if (good && line.startsWith("transfer-encoding:")) {
      good = !chunked && FieldLine.value(line).equalsIgnoreCase("chunked");
      chunked = true;
    } else if (good && line.startsWith("host:")) {
      good = host == null;
      host = FieldLine.value(line);
    } else if (good && line.startsWith("content-type:")) {
      good = !typed;
      typed = true;
    }
    return good ? Optional.empty() : Optional.of(Refusal.MALFORMED);
  }

  /** Judges the head as a whole, after its last line. */
  Optional<Refusal> end() {
    boolean twoFramings = chunked && (length.isPresent() || oldProtocol);
    boolean otherHost =
        targetHost != null
            && (host == null
                || !targetHost.toLowerCase(Locale.ROOT).equals(host.toLowerCase(Locale.ROOT)));
    return twoFramings || otherHost ? Optional.of(Refusal.MALFORMED) : Optional.empty();
  }

  Body body() {
    if (chunked) {
      return Body.CHUNKED;
    }
    return length.orElse(0) > 0 ? Body.SIZED : Body.NONE;
  }

  /** Bytes of a sized body. */
  long bodyBytes() {
    return length.orElse(0);
  }
}
