package io.tidegate.http.identity;

import com.nimbusds.jose.jwk.JWKSet;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Asks an identity server for its keys, within bounds: a time for the whole answer, a size, and no
 * way to send the question elsewhere.
 *
 * <p>Threading: safe for all; never waits.
 */
final class KeyServer {

  private static final Duration CONNECT = Duration.ofSeconds(3);
  private static final Duration WHOLE = Duration.ofSeconds(10);
  private static final int MAX_BYTES = 1 << 20;
  private static final int MAX_KEYS = 100;
  private static final int OK = 200;

  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(CONNECT)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();
  private final HttpRequest request;

  KeyServer(URI url) {
    request =
        HttpRequest.newBuilder(url)
            .timeout(WHOLE)
            .header("accept", "application/json")
            .header("user-agent", "tidegate")
            .build();
  }

  /** The text of the set; fails if it cannot be had whole, in time, and by a 200. */
  CompletableFuture<String> fetch() {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    CompletableFuture<HttpResponse<Void>> asked =
        client.sendAsync(
            request,
            HttpResponse.BodyHandlers.ofByteArrayConsumer(
                part -> part.ifPresent(bytes -> hold(body, bytes))));
    // The request's own time ends with the head of the answer.
    return asked
        .thenApply(answer -> text(answer, body))
        .orTimeout(WHOLE.toMillis(), TimeUnit.MILLISECONDS)
        .whenComplete((text, failure) -> asked.cancel(true));
  }

  /**
   * The keys of a set.
   *
   * @throws ParseException if it is none, or has no key at all or too many
   */
  static JWKSet parse(String text) throws ParseException {
    JWKSet keys = JWKSet.parse(text);
    if (keys.isEmpty() || keys.size() > MAX_KEYS) {
      throw new ParseException("a set of " + keys.size() + " keys", 0);
    }
    return keys;
  }

  URI url() {
    return request.uri();
  }

  private static void hold(ByteArrayOutputStream body, byte[] bytes) {
    if (body.size() + bytes.length > MAX_BYTES) {
      throw new UncheckedIOException(
          new IOException("the answer is larger than " + MAX_BYTES + " bytes"));
    }
    body.writeBytes(bytes);
  }

  private static String text(HttpResponse<Void> answer, ByteArrayOutputStream body) {
    if (answer.statusCode() != OK) {
      throw new UncheckedIOException(
          new IOException("the answer has the status " + answer.statusCode()));
    }
    return body.toString(StandardCharsets.UTF_8);
  }
}
