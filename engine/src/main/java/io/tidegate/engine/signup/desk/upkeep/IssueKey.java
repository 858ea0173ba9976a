package io.tidegate.engine.signup.desk.upkeep;

import io.tidegate.engine.signup.ApiKey;
import io.tidegate.engine.signup.desk.Answer;
import io.tidegate.engine.signup.desk.Refusal;
import io.tidegate.engine.signup.desk.Request;
import io.tidegate.engine.signup.desk.Transaction;
import io.tidegate.engine.signup.desk.secret.Ids;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Makes a key: 256 random bits, of which the store keeps the SHA-256 only.
 *
 * @param subscriberId for whom; empty: for the operator's own sign-up service
 * @param label what the operator calls it, at most 255 characters
 */
public record IssueKey(Optional<String> subscriberId, String label) implements Request<Answer> {
  private static final int BYTES = 32;
  private static final int MAX_LABEL_LENGTH = 255;

  public IssueKey {
    if (label.length() > MAX_LABEL_LENGTH) {
      throw new IllegalArgumentException(
          "a label has at most %d characters".formatted(MAX_LABEL_LENGTH));
    }
  }

  @Override
  public Answer decide(Transaction tx) throws SQLException {
    if (subscriberId.isPresent() && tx.subscribers().find(subscriberId.get()).isEmpty()) {
      return new Answer.Refused(Refusal.UNKNOWN_SUBSCRIBER);
    }
    return issue(tx);
  }

  /** The first key of a subscriber; empty: there is one that works. */
  public static Optional<String> first(Transaction tx, String subscriber) throws SQLException {
    boolean hasOne =
        tx.keys().ofSubscriber(subscriber).stream()
            .anyMatch(key -> key.revokedAtMillis().isEmpty());
    return hasOne
        ? Optional.empty()
        : Optional.of(new IssueKey(Optional.of(subscriber), "").issue(tx).text());
  }

  private Answer.Issued issue(Transaction tx) throws SQLException {
    String text = (subscriberId.isPresent() ? "tg-" : "tgs-") + Ids.random(BYTES);
    ApiKey key =
        new ApiKey(
            Ids.next("key", tx.nowMillis()),
            hash(text),
            subscriberId,
            label,
            tx.nowMillis(),
            OptionalLong.empty());
    tx.keys().insert(key);
    tx.keyBook(keys -> keys.add(key));
    return new Answer.Issued(key, text);
  }

  /** What a key is known by. */
  public static String hash(String key) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
