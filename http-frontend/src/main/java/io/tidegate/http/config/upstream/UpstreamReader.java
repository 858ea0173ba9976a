package io.tidegate.http.config.upstream;

import io.tidegate.http.config.admission.limit.LimitConfig;
import io.tidegate.http.config.yaml.Section;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/** Reads the upstreams, from the file or from the command line. */
public final class UpstreamReader {

  private UpstreamReader() {}

  /**
   * The upstreams of the file, or those of the command line if it names any.
   *
   * @param root the file as a whole
   */
  public static List<UpstreamConfig> read(Section root, List<URI> overriding) {
    Set<String> names = new HashSet<>();
    List<UpstreamConfig> fromFile = root.items("upstreams", section -> upstream(section, names));
    return overriding.isEmpty() ? fromFile : named(overriding);
  }

  /** The name of an upstream that was given none: its host and port. */
  static String nameOf(URI url) {
    return url.getHost() + ":" + UpstreamConfig.portOf(url);
  }

  /** Two on one host and port differ in their path at least; then they are numbered. */
  private static List<UpstreamConfig> named(List<URI> urls) {
    List<UpstreamConfig> result = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (URI url : urls) {
      String name = nameOf(url);
      for (int i = 2; !names.add(name); i++) {
        name = nameOf(url) + "#" + i;
      }
      result.add(UpstreamConfig.of(name, url));
    }
    return result;
  }

  private static Optional<UpstreamConfig> upstream(Section section, Set<String> names) {
    Optional<String> givenName = section.text("name");
    Optional<URI> url = section.required("url").flatMap(text -> url(section, text));
    Optional<String> authorization = section.secret("authorization");
    if (authorization.isPresent() && !UpstreamConfig.isHeaderValue(authorization.get())) {
      section.report("authorization", "has characters a header cannot carry");
      authorization = Optional.empty();
    }
    Map<String, String> headers = headers(section);
    int weight = (int) section.integer("weight", UpstreamConfig.WEIGHT).orElse(1);
    List<String> models = models(section);
    HealthConfig health = section.section("health", UpstreamReader::health);
    TlsConfig tls = section.section("tls", UpstreamReader::tls);
    Set<RetryOn> retryOn = retryOn(section);
    OptionalLong maxSeats = section.integer("max_seats", LimitConfig.SEATS, "unlimited");
    if (url.isEmpty()) {
      return Optional.empty();
    }
    if (section.has("tls")
        && !tls.equals(TlsConfig.defaults())
        && !UpstreamConfig.isHttps(url.get())) {
      section.report("tls", "is for https only");
    }
    String name = givenName.orElse(nameOf(url.get()));
    if (!names.add(name)) {
      section.report("name", "`" + name + "` is the name of an earlier upstream, too");
      return Optional.empty();
    }
    return Optional.of(
        new UpstreamConfig(
            name,
            url.get(),
            weight,
            authorization,
            headers,
            models,
            maxSeats.isPresent() ? OptionalInt.of((int) maxSeats.getAsLong()) : OptionalInt.empty(),
            health,
            tls,
            retryOn));
  }

  private static Optional<URI> url(Section section, String text) {
    try {
      URI url = new URI(text);
      Optional<String> refusal = UpstreamConfig.refusal(url);
      refusal.ifPresent(message -> section.report("url", message));
      return refusal.isEmpty() ? Optional.of(url) : Optional.empty();
    } catch (URISyntaxException e) {
      // The text may hold a password.
      section.report("url", "is not a URL, needs the form http://host:port/prefix");
      return Optional.empty();
    }
  }

  private static Map<String, String> headers(Section section) {
    Map<String, String> headers = section.secrets("headers");
    for (Map.Entry<String, String> header : headers.entrySet()) {
      Optional<String> refusal = UpstreamConfig.refusal(header.getKey(), header.getValue());
      if (refusal.isPresent()) {
        section.report("headers", refusal.get());
        return Map.of();
      }
    }
    return headers;
  }

  private static List<String> models(Section section) {
    Optional<List<String>> globs = section.words("models");
    if (globs.isPresent()
        && (globs.get().isEmpty() || globs.get().stream().anyMatch(String::isBlank))) {
      section.report("models", "needs globs such as gpt-*");
      return List.of("*");
    }
    return globs.orElse(List.of("*"));
  }

  private static HealthConfig health(Section section) {
    Optional<String> path = section.text("path");
    if (path.isPresent() && !HealthConfig.isPath(path.get())) {
      section.report("path", "`" + path.get() + "` is not a path, write it like /health");
      path = Optional.empty();
    }
    return new HealthConfig(
        path,
        section
            .duration("interval", HealthConfig.SHORTEST_INTERVAL, HealthConfig.LONGEST_INTERVAL)
            .orElse(HealthConfig.defaults().interval()));
  }

  private static TlsConfig tls(Section section) {
    Optional<Path> ca = Optional.empty();
    try {
      ca = section.text("ca").map(Path::of);
    } catch (InvalidPathException e) {
      section.report("ca", "is not a path");
    }
    if (ca.isPresent() && !Files.isReadable(ca.get())) {
      section.report("ca", "`" + ca.get() + "` is no file that can be read");
      ca = Optional.empty();
    }
    return new TlsConfig(ca, section.text("server_name"));
  }

  private static Set<RetryOn> retryOn(Section section) {
    Set<RetryOn> known = new LinkedHashSet<>();
    for (String word : section.words("retry_on").orElse(List.of())) {
      RetryOn.of(word)
          .ifPresentOrElse(
              known::add,
              () ->
                  section.report(
                      "retry_on", "`" + word + "` is unknown, allowed died, late, busy, error"));
    }
    return known;
  }
}
