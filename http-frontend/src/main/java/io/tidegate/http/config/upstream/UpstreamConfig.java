package io.tidegate.http.config.upstream;

import io.tidegate.http.config.admission.limit.LimitConfig;
import io.tidegate.http.config.yaml.Range;
import java.net.URI;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
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
 * @param url {@code http} or {@code https}, a host, optionally a port and a prefix for every path;
 *     nothing else
 * @param weight its part of the requests compared with the others', 1 to 1000
 * @param authorization the value of the header {@code authorization} towards this upstream
 * @param headers further headers set on every request towards this upstream
 * @param models globs of the models it serves, in which {@code *} stands for any text; not empty
 * @param maxSeats how many seats this upstream is good for; empty: unknown
 * @param health how it is looked after
 * @param tls what it has to show over {@code https}
 * @param retryOn after which of its failures another upstream may be tried
 */
public record UpstreamConfig(
    String name,
    URI url,
    int weight,
    Optional<String> authorization,
    Map<String, String> headers,
    List<String> models,
    OptionalInt maxSeats,
    HealthConfig health,
    TlsConfig tls,
    Set<RetryOn> retryOn) {

  static final Range WEIGHT = new Range(1, 1_000);
  private static final String HTTPS = "https";
  private static final int HTTP_PORT = 80;
  private static final int HTTPS_PORT = 443;

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
    WEIGHT.check("upstreams.weight", weight);
    models = List.copyOf(models);
    if (models.isEmpty() || models.stream().anyMatch(String::isBlank)) {
      throw new IllegalArgumentException("upstreams.models: needs globs such as gpt-*");
    }
    retryOn = Set.copyOf(retryOn);
    maxSeats.ifPresent(seats -> LimitConfig.SEATS.check("upstreams.max_seats", seats));
  }

  /** An upstream of which nothing but its address is known: it serves every model. */
  public static UpstreamConfig of(String name, URI url) {
    return new UpstreamConfig(
        name,
        url,
        1,
        Optional.empty(),
        Map.of(),
        List.of("*"),
        OptionalInt.empty(),
        HealthConfig.defaults(),
        TlsConfig.defaults(),
        Set.of());
  }

  /** Whether it is spoken to over TLS. */
  public boolean secure() {
    return isHttps(url);
  }

  /** The host of the address, an IPv6 address without its brackets. */
  public String host() {
    String host = url.getHost();
    return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }

  /** What is put before every path; empty if nothing is. */
  public String pathPrefix() {
    String path = url.getRawPath();
    return path == null ? "" : path.replaceAll("/+$", "");
  }

  /** The port of the address, 80 or 443 where it names none. */
  public int port() {
    return portOf(url);
  }

  static boolean isHttps(URI url) {
    return url.getScheme().equalsIgnoreCase(HTTPS);
  }

  static int portOf(URI url) {
    if (url.getPort() >= 0) {
      return url.getPort();
    }
    return isHttps(url) ? HTTPS_PORT : HTTP_PORT;
  }

  public UpstreamConfig withWeight(int weight) {
    return new UpstreamConfig(
        name, url, weight, authorization, headers, models, maxSeats, health, tls, retryOn);
  }

  /** The same with credentials and further headers. */
  public UpstreamConfig withHeaders(Optional<String> authorization, Map<String, String> headers) {
    return new UpstreamConfig(
        name, url, weight, authorization, headers, models, maxSeats, health, tls, retryOn);
  }

  public UpstreamConfig withModels(List<String> models) {
    return new UpstreamConfig(
        name, url, weight, authorization, headers, models, maxSeats, health, tls, retryOn);
  }

  public UpstreamConfig withMaxSeats(int maxSeats) {
    return new UpstreamConfig(
        name,
        url,
        weight,
        authorization,
        headers,
        models,
        OptionalInt.of(maxSeats),
        health,
        tls,
        retryOn);
  }

  public UpstreamConfig withHealth(HealthConfig health) {
    return new UpstreamConfig(
        name, url, weight, authorization, headers, models, maxSeats, health, tls, retryOn);
  }

  public UpstreamConfig withTls(TlsConfig tls) {
    return new UpstreamConfig(
        name, url, weight, authorization, headers, models, maxSeats, health, tls, retryOn);
  }

  public UpstreamConfig withRetryOn(Set<RetryOn> retryOn) {
    return new UpstreamConfig(
        name, url, weight, authorization, headers, models, maxSeats, health, tls, retryOn);
  }

  /** Why an address cannot be an upstream's, if it cannot. Says nothing of what might be secret. */
  public static Optional<String> refusal(URI url) {
    if (url.getScheme() == null || url.getHost() == null) {
      return Optional.of("needs the form http://host:port/prefix");
    }
    String scheme = url.getScheme().toLowerCase(Locale.ROOT);
    if (!scheme.equals("http") && !scheme.equals(HTTPS)) {
      return Optional.of(
          "scheme `" + url.getScheme() + "` is not supported, allowed http and https");
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
