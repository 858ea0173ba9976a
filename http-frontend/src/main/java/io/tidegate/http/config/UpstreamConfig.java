package io.tidegate.http.config;

import java.net.URI;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

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

  public UpstreamConfig {
    if (name.isBlank()) {
      throw new IllegalArgumentException("upstreams.name: is empty");
    }
    Optional<String> refusal = refusal(url);
    if (refusal.isPresent()) {
      throw new IllegalArgumentException("upstreams.url: " + refusal.get());
    }
    headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
    maxSeats.ifPresent(seats -> Range.SEATS.check("upstreams.max_seats", seats));
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
  static Optional<String> refusal(URI url) {
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

  /** Without the secrets. */
  @Override
  public String toString() {
    return "UpstreamConfig[" + name + ", " + url + ", headers " + headers.keySet() + "]";
  }
}
