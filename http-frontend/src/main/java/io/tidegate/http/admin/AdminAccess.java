package io.tidegate.http.admin;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpRequest;

/**
 * Who may change something. With a token set, whoever shows it as a bearer. Without one, callers on
 * this machine, but no web page that a browser on it has open: the request must be JSON, and name
 * the gate itself as its host and, where one is sent, its origin.
 */
final class AdminAccess {

  private static final String BEARER = "Bearer ";

  private final Optional<String> token;

  AdminAccess(Optional<String> token) {
    this.token = token;
  }

  /** Why a request may not change anything; empty if it may. */
  Optional<String> refusal(HttpRequest request, InetSocketAddress own) {
    if (token.isPresent()) {
      return value(request, "authorization").filter(this::isToken).isPresent()
          ? Optional.empty()
          : Optional.of("This needs the admin token, as \"Authorization: Bearer TOKEN\".");
    }
    if (!request.entity().getContentType().mediaType().toString().equals("application/json")) {
      return Optional.of("This needs \"Content-Type: application/json\".");
    }
    Set<String> hosts =
        Stream.of("localhost", "127.0.0.1", "[::1]", own.getHostString().toLowerCase(Locale.ROOT))
            .map(name -> name + ":" + own.getPort())
            .collect(Collectors.toSet());
    if (value(request, "host").filter(hosts::contains).isEmpty()) {
      return Optional.of("The host is not this server's own.");
    }
    Optional<String> origin = value(request, "origin");
    if (origin.isPresent() && hosts.stream().noneMatch(h -> origin.get().equals("http://" + h))) {
      return Optional.of("The origin is not this server's own.");
    }
    return Optional.empty();
  }

  private boolean isToken(String authorization) {
    return authorization.startsWith(BEARER)
        && MessageDigest.isEqual(
            authorization.substring(BEARER.length()).getBytes(StandardCharsets.UTF_8),
            token.orElseThrow().getBytes(StandardCharsets.UTF_8));
  }

  private static Optional<String> value(HttpRequest request, String name) {
    return request.getHeader(name).map(HttpHeader::value);
  }
}
