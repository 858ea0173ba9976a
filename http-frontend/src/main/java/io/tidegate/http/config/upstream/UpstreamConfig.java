package io.tidegate.http.config.upstream;

import io.tidegate.http.config.admission.LimitConfig;
import java.net.URI;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * One chat service that requests are passed on to.
 *
 * @param name unique among the upstreams, seen in metrics
 * @param url {@code http}, a host, optionally a port and a prefix for every path; nothing else
 * @param authorization the value of the header {@code authorization} towards this upstream
 * @param headers further headers set on every request towards this upstream
 * @param maxSeats how many seats this upstream is good for; empty: unknown
 */
public record UpstreamConfig(
    String name,
    URI url,
    Optional<String> authorization,
    Map<String, String> headers,
    OptionalInt maxSeats) {

  private static final Pattern HEADER_NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
  private static final Set<String> FRAMING =
      Set.of(
          "connection",
          "content-length",
          "expect",
          "host",
          "keep-alive",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade");

  public UpstreamConfig {
    if (name.isBlank()) {
      throw new IllegalArgumentException("upstreams.name: is empty");
    }
    Optional<String> refusal = refusal(url);
    if (refusal.isPresent()) {
      throw new IllegalArgumentException("upstreams.url: " + refusal.get());
    }
    if (authorization.isPresent() && !isHeaderValue(authorization.get())) {
      throw new IllegalArgumentException("upstreams.authorization: cannot be sent in a header");
    }
    headers.forEach(
        (header, value) ->
            refusal(header, value)
                .ifPresent(
                    message -> {
                      throw new IllegalArgumentException("upstreams.headers: " + message);
                    }));
    headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
    maxSeats.ifPresent(seats -> LimitConfig.SEATS.check("upstreams.max_seats", seats));
  }

  /** An upstream of which nothing but its address is known. */
  public static UpstreamConfig of(String name, URI url) {
    return new UpstreamConfig(name, url, Optional.empty(), Map.of(), OptionalInt.empty());
  }

  /** The port of the address, 80 where it names none. */
  public int port() {
    return url.getPort() < 0 ? 80 : url.getPort();
  }

  /** Why an address cannot be an upstream's, if it cannot. Says nothing of what might be secret. */
  public static Optional<String> refusal(URI url) {
    if (url.getScheme() == null || url.getHost() == null) {
      return Optional.of("needs the form http://host:port/prefix");
    }
    if (!url.getScheme().toLowerCase(Locale.ROOT).equals("http")) {
      return Optional.of("scheme `" + url.getScheme() + "` is not supported, allowed http");
    }
    if (url.getRawUserInfo() != null) {
      return Optional.of("holds a user or password, which belong into `authorization`");
    }
    if (url.getRawQuery() != null || url.getRawFragment() != null) {
      return Optional.of("has a query or fragment, allowed are host, port and path");
    }
    return Optional.empty();
  }

  /** Why a header cannot be set on requests, if it cannot. Does not show the value. */
  static Optional<String> refusal(String header, String value) {
    if (!HEADER_NAME.matcher(header).matches()) {
      return Optional.of("`" + header + "` is not a header's name");
    }
    String lower = header.toLowerCase(Locale.ROOT);
    if (lower.equals("authorization")) {
      return Optional.of("`" + header + "` belongs into the upstream's key `authorization`");
    }
    if (FRAMING.contains(lower)) {
      return Optional.of("`" + header + "` is the gate's own to set");
    }
    if (!isHeaderValue(value)) {
      return Optional.of("the value of `" + header + "` has characters a header cannot carry");
    }
    return Optional.empty();
  }

  static boolean isHeaderValue(String value) {
    return value.chars().allMatch(c -> c >= ' ' && c < 127);
  }

  /** Without the secrets. */
  @Override
  public String toString() {
    return "UpstreamConfig[" + name + ", " + url + ", headers " + headers.keySet() + "]";
  }
}
