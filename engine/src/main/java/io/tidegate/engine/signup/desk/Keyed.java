package io.tidegate.engine.signup.desk;

import io.tidegate.engine.signup.Email;
import io.tidegate.engine.signup.store.table.ReplayTable.Replay;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * A request with an Idempotency-Key: the first time it is done, and for a day after that its first
 * answer is given again, to the same request only.
 *
 * @param call which call it is; the same key in another one is another key
 * @param key as the caller gave it, at most 255 characters
 * @param body of the request, by which the same is known
 * @param shown the answer as it is shown
 * @param reused what is shown to whoever uses the key of another request
 */
public record Keyed<T>(
    Request<T> request,
    String call,
    String key,
    String body,
    Function<T, Shown> shown,
    Shown reused)
    implements Request<Keyed.Shown> {

  /** How long an answer is given again. */
  public static final Duration REPLAYED = Duration.ofHours(24);

  /** The longest key. */
  public static final int MAX_KEY_LENGTH = 255;

  private static final String KEY = "idempotency-key";
  private static final String BODY = "idempotency-body";

  /**
   * An answer as it is shown.
   *
   * @param status of HTTP
   * @param body JSON
   * @param bodyAgain what is shown when it is asked for again
   * @param person whose data that holds, so that it is erased with them
   */
  public record Shown(int status, String body, String bodyAgain, Optional<Email> person) {}

  public Keyed {
    Objects.requireNonNull(request, "request");
    Objects.requireNonNull(shown, "shown");
    if (key.isEmpty() || key.length() > MAX_KEY_LENGTH) {
      throw new IllegalArgumentException(
          "an Idempotency-Key has 1 to %d characters".formatted(MAX_KEY_LENGTH));
    }
  }

  @Override
  public Shown decide(Transaction tx) throws SQLException {
    String keyHash = tx.fingerprints().hex(KEY, call + '\n' + key);
    String bodyHash = tx.fingerprints().hex(BODY, body);
    Optional<Replay> before = tx.replays().find(keyHash, tx.nowMillis());
    if (before.isPresent()) {
      Replay replay = before.get();
      return replay.bodyHash().equals(bodyHash)
          ? new Shown(replay.status(), replay.body(), replay.body(), Optional.empty())
          : reused;
    }
    Shown first = shown.apply(request.decide(tx));
    tx.replays()
        .save(
            keyHash,
            new Replay(bodyHash, first.status(), first.bodyAgain()),
            first.person().map(tx.fingerprints()::of),
            tx.nowMillis() + REPLAYED.toMillis());
    return first;
  }
}
