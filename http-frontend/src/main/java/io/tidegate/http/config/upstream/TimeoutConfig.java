package io.tidegate.http.config.upstream;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * How long each step of a request may take, from one millisecond to a day.
 *
 * @param connect to reach an upstream
 * @param firstByteStream from the request's last byte to the answer's first, for streams
 * @param firstByteOther the same for answers sent in one piece
 * @param idle between two bytes of an answer
 * @param total from the admission to the answer's last byte; empty: any time
 * @param send for a client to make room for the next few bytes of its answer
 * @param requestHead from a client's first byte to the end of the head
 * @param requestBody between head and end of a client's body
 * @param keepAlive an idle connection is kept open
 * @param drain running streams are waited for when the gate shuts down
 */
public record TimeoutConfig(
    Duration connect,
    Duration firstByteStream,
    Duration firstByteOther,
    Duration idle,
    Optional<Duration> total,
    Duration send,
    Duration requestHead,
    Duration requestBody,
    Duration keepAlive,
    Duration drain) {

  static final Duration SHORTEST = Duration.ofMillis(1);
  static final Duration LONGEST = Duration.ofHours(24);

  public TimeoutConfig {
    check("connect", connect);
    check("first_byte.stream", firstByteStream);
    check("first_byte.other", firstByteOther);
    check("idle", idle);
    total.ifPresent(value -> check("total", value));
    check("send", send);
    check("request_head", requestHead);
    check("request_body", requestBody);
    check("keep_alive", keepAlive);
    check("drain", drain);
  }

  /** Patient where a model thinks, impatient where a network stalls. */
  public static TimeoutConfig defaults() {
    return new TimeoutConfig(
        Duration.ofSeconds(2),
        Duration.ofSeconds(60),
        Duration.ofSeconds(600),
        Duration.ofSeconds(120),
        Optional.empty(),
        Duration.ofSeconds(300),
        Duration.ofSeconds(10),
        Duration.ofSeconds(30),
        Duration.ofSeconds(75),
        Duration.ofSeconds(600));
  }

  public TimeoutConfig withConnect(Duration connect) {
    return with(draft -> draft.connect = connect);
  }

  public TimeoutConfig withFirstByte(Duration stream, Duration other) {
    return with(
        draft -> {
          draft.firstByteStream = stream;
          draft.firstByteOther = other;
        });
  }

  public TimeoutConfig withIdle(Duration idle) {
    return with(draft -> draft.idle = idle);
  }

  public TimeoutConfig withTotal(Duration total) {
    return with(draft -> draft.total = Optional.of(total));
  }

  public TimeoutConfig withSend(Duration send) {
    return with(draft -> draft.send = send);
  }

  public TimeoutConfig withRequest(Duration head, Duration body) {
    return with(
        draft -> {
          draft.requestHead = head;
          draft.requestBody = body;
        });
  }

  public TimeoutConfig withKeepAlive(Duration keepAlive) {
    return with(draft -> draft.keepAlive = keepAlive);
  }

  private static void check(String field, Duration value) {
    if (value.compareTo(SHORTEST) < 0 || value.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          "timeouts." + field + ": " + value + " is out of range, allowed 1ms to 24h");
    }
  }

  private TimeoutConfig with(Consumer<Draft> change) {
    Draft draft = new Draft(this);
    change.accept(draft);
    return draft.config();
  }

  /** The same while a part of it is changed. */
  private static final class Draft {
    private Duration connect;
    private Duration firstByteStream;
    private Duration firstByteOther;
    private Duration idle;
    private Optional<Duration> total;
    private Duration send;
    private Duration requestHead;
    private Duration requestBody;
    private Duration keepAlive;
    private Duration drain;

    private Draft(TimeoutConfig from) {
      connect = from.connect;
      firstByteStream = from.firstByteStream;
      firstByteOther = from.firstByteOther;
      idle = from.idle;
      total = from.total;
      send = from.send;
      requestHead = from.requestHead;
      requestBody = from.requestBody;
      keepAlive = from.keepAlive;
      drain = from.drain;
    }

    private TimeoutConfig config() {
      return new TimeoutConfig(
          connect,
          firstByteStream,
          firstByteOther,
          idle,
          total,
          send,
          requestHead,
          requestBody,
          keepAlive,
          drain);
    }
  }
}
