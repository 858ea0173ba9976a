package io.tidegate.loadtest.backend;

import io.tidegate.loadtest.backend.capacity.AnswerLengths;
import io.tidegate.loadtest.backend.capacity.Bounds;
import io.tidegate.loadtest.backend.capacity.CapacityModel;
import io.tidegate.loadtest.backend.capacity.Kind;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Everything one can choose about a backend. Start from {@link #defaults} and change what matters.
 *
 * @param host the address to bind
 * @param port the port to bind; 0 for any free one
 * @param capacity how many streams the server carries, and how fast
 * @param maxWaiting requests that may wait for memory, 0 to a million; more are answered 503
 * @param maxBodyBytes the largest request body, 1 to 1 GiB; a larger one is answered 413
 * @param models the models served, any other being answered 404; empty: any name is served
 * @param seed of the lengths of answers: the same seed gives the same lengths in the same order
 */
public record BackendSettings(
    String host,
    int port,
    CapacityModel capacity,
    int maxWaiting,
    int maxBodyBytes,
    List<String> models,
    long seed) {

  private static final int DEFAULT_SEATS = 64;
  private static final int DEFAULT_FIRST_TOKEN_MILLIS = 150;
  private static final int DEFAULT_TOKEN_MILLIS = 40;
  private static final int DEFAULT_PROMPT_TOKENS = 50;
  private static final AnswerLengths DEFAULT_LENGTHS = new AnswerLengths(200, 0.6, 1000);
  private static final int DEFAULT_MAX_WAITING = 10_000;
  private static final int DEFAULT_MAX_BODY_BYTES = 8 << 20;

  public BackendSettings {
    if (host.isBlank()) {
      throw new IllegalArgumentException("host must not be blank");
    }
    Bounds.check("port", port, 0, 65_535);
    Bounds.check("maxWaiting", maxWaiting, 0, 1_000_000);
    Bounds.check("maxBodyBytes", maxBodyBytes, 1, 1 << 30);
    models = List.copyOf(models);
  }

  /** A server that is bound by memory, on any free port of the loopback interface. */
  public static BackendSettings defaults() {
    return new BackendSettings(
        "127.0.0.1",
        0,
        new CapacityModel(
            Kind.KV,
            DEFAULT_SEATS,
            TimeUnit.MILLISECONDS.toNanos(DEFAULT_FIRST_TOKEN_MILLIS),
            TimeUnit.MILLISECONDS.toNanos(DEFAULT_TOKEN_MILLIS),
            DEFAULT_PROMPT_TOKENS,
            DEFAULT_LENGTHS),
        DEFAULT_MAX_WAITING,
        DEFAULT_MAX_BODY_BYTES,
        List.of(),
        1);
  }

  public BackendSettings withHost(String newHost) {
    return new BackendSettings(newHost, port, capacity, maxWaiting, maxBodyBytes, models, seed);
  }

  public BackendSettings withPort(int newPort) {
    return new BackendSettings(host, newPort, capacity, maxWaiting, maxBodyBytes, models, seed);
  }

  public BackendSettings withCapacity(CapacityModel model) {
    return new BackendSettings(host, port, model, maxWaiting, maxBodyBytes, models, seed);
  }

  public BackendSettings withKind(Kind kind) {
    return withCapacity(capacity.withKind(kind));
  }

  /** The streams the server carries well: 1 to a million. */
  public BackendSettings withCapacitySeats(int seats) {
    return withCapacity(capacity.withSeats(seats));
  }

  /** Time to the first token on an idle server, for a prompt of typical length. */
  public BackendSettings withFirstTokenMillis(long millis) {
    return withCapacity(capacity.withFirstTokenNanos(TimeUnit.MILLISECONDS.toNanos(millis)));
  }

  /** Time between the tokens of one stream on an idle server. */
  public BackendSettings withTokenMillis(long millis) {
    return withCapacity(capacity.withTokenNanos(TimeUnit.MILLISECONDS.toNanos(millis)));
  }

  /** The mean length of an answer. */
  public BackendSettings withOutputTokens(int meanTokens) {
    return withCapacity(capacity.withLengths(capacity.lengths().withMeanTokens(meanTokens)));
  }

  /** How much answers differ in length: 0 makes all of them as long as the mean. */
  public BackendSettings withOutputSpread(double spread) {
    return withCapacity(capacity.withLengths(capacity.lengths().withSpread(spread)));
  }

  public BackendSettings withMaxWaiting(int requests) {
    return new BackendSettings(host, port, capacity, requests, maxBodyBytes, models, seed);
  }

  public BackendSettings withMaxBodyBytes(int bytes) {
    return new BackendSettings(host, port, capacity, maxWaiting, bytes, models, seed);
  }

  public BackendSettings withModels(List<String> names) {
    return new BackendSettings(host, port, capacity, maxWaiting, maxBodyBytes, names, seed);
  }

  public BackendSettings withSeed(long newSeed) {
    return new BackendSettings(host, port, capacity, maxWaiting, maxBodyBytes, models, newSeed);
  }
}
