package io.tidegate.http.config.upstream;

import io.tidegate.http.config.admission.LimitConfig;
import io.tidegate.http.config.yaml.Section;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.HashSet;
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
    return url.getHost() + ":" + (url.getPort() < 0 ? 80 : url.getPort());
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
    OptionalLong maxSeats = section.integer("max_seats", LimitConfig.SEATS, "unlimited");
    if (url.isEmpty()) {
      return Optional.empty();
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
            authorization,
            headers,
            maxSeats.isPresent()
                ? OptionalInt.of((int) maxSeats.getAsLong())
                : OptionalInt.empty()));
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
}
