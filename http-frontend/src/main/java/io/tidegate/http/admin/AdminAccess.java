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

  static final String COOKIE = "tidegate_admin";

  private static final String BEARER = "Bearer ";

  private final Optional<String> token;
  private final Logins logins;

  AdminAccess(Optional<String> token, Logins logins) {
    this.token = token;
    this.logins = logins;
  }

  /** Why a request may not make a call with such needs; empty if it may. */
  Optional<String> refusal(AdminRoute.Needs needs, HttpRequest request, InetSocketAddress own) {
    return switch (needs) {
      case NOTHING -> Optional.empty();
      case OWN_PAGE -> token.isPresent() ? foreign(request) : stranger(request, own);
      case OPERATOR -> token.isPresent() ? unknown(request) : stranger(request, own);
    };
  }

  /** Where a token is set, it or the cookie for it must be shown. */
  private Optional<String> unknown(HttpRequest request) {
    if (value(request, "authorization").filter(this::isToken).isPresent()) {
      return Optional.empty();
    }
    return isLoggedIn(request)
        ? foreign(request)
        : Optional.of(
            "This needs the admin token, as \"Authorization: Bearer TOKEN\", or a log-in on the"
                + " dashboard.");
  }

  /** Where none is set, who has reached the loopback interface may act, but for other pages. */
  private static Optional<String> stranger(HttpRequest request, InetSocketAddress own) {
    Set<String> hosts =
        Stream.of("localhost", "127.0.0.1", "[::1]", own.getHostString().toLowerCase(Locale.ROOT))
            .map(name -> name + ":" + own.getPort())
            .collect(Collectors.toSet());
    if (isJson(request) && value(request, "host").filter(hosts::contains).isEmpty()) {
      return Optional.of("The host is not this server's own.");
    }
    return foreign(request);
  }

  /** A web page of somebody else's cannot send JSON, and its browser tells where it is from. */
  private static Optional<String> foreign(HttpRequest request) {
    if (!isJson(request)) {
      return Optional.of("This needs \"Content-Type: application/json\".");
    }
    Optional<String> host = value(request, "host");
    Optional<String> origin = value(request, "origin");
    return origin.isEmpty() || origin.equals(host.map("http://"::concat))
        ? Optional.empty()
        : Optional.of("The origin is not this server's own.");
  }

  private static boolean isJson(HttpRequest request) {
    return request.entity().getContentType().mediaType().toString().equals("application/json");
  }

  private boolean isLoggedIn(HttpRequest request) {
    long nowNanos = System.nanoTime();
    return value(request, "cookie").stream()
        .flatMap(cookies -> Stream.of(cookies.split(";")))
        .map(String::strip)
        .filter(cookie -> cookie.startsWith(COOKIE + "="))
        .anyMatch(cookie -> logins.holds(cookie.substring(COOKIE.length() + 1), nowNanos));
  }

  private boolean isToken(String authorization) {
    return authorization.startsWith(BEARER)
        && isSame(authorization.substring(BEARER.length()), token.orElseThrow());
  }

  /** Takes as long for whatever is shown. */
  static boolean isSame(String shown, String token) {
    return MessageDigest.isEqual(
        shown.getBytes(StandardCharsets.UTF_8), token.getBytes(StandardCharsets.UTF_8));
  }

  private static Optional<String> value(HttpRequest request, String name) {
    return request.getHeader(name).map(HttpHeader::value);
  }
}
