package io.tidegate.engine.signup.store.table;

import io.tidegate.engine.signup.Email;
import io.tidegate.engine.signup.Subscription;
import io.tidegate.engine.signup.SubscriptionStatus;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Who subscribes, and which plans they have had. */
public final class SubscriberTable {
  private static final String SELECT = "SELECT * FROM subscribers WHERE ";

  private final Connection connection;
  private final Fingerprints fingerprints;

  public SubscriberTable(Connection connection, Fingerprints fingerprints) {
    this.connection = connection;
    this.fingerprints = fingerprints;
  }

  /** Writes one, new or known; its e-mail too, unless that was forgotten. */
  public void save(Subscription subscription) throws SQLException {
    Object[] values = {
      subscription.plan(),
      subscription.status().name(),
      subscription.email().map(Email::address),
      fingerprints.of(subscription.email()),
      subscription.subscribedAtMillis(),
      subscription.changedAtMillis(),
      subscription.dueAtMillis(),
      subscription.id()
    };
    int known =
        Sql.update(
            connection,
            "UPDATE subscribers SET plan = ?, status = ?, email = ?,"
                + " email_hash = COALESCE(?, email_hash), subscribed_at = ?, changed_at = ?,"
                + " due_at = ? WHERE id = ?",
            values);
    if (known == 0) {
      Sql.update(
          connection,
          "INSERT INTO subscribers (plan, status, email, email_hash, subscribed_at, changed_at,"
              + " due_at, id) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
          values);
    }
  }

  /** Notes that somebody has a plan now, or had it until then. */
  public void saveHad(String subscriber, String plan, OptionalLong untilMillis)
      throws SQLException {
    int known =
        Sql.update(
            connection,
            "UPDATE plans_had SET had_until = ? WHERE subscriber_id = ? AND plan = ?",
            untilMillis,
            subscriber,
            plan);
    if (known == 0) {
      Sql.update(
          connection,
          "INSERT INTO plans_had (had_until, subscriber_id, plan) VALUES (?, ?, ?)",
          untilMillis,
          subscriber,
          plan);
    }
  }

  /** Until when somebody had a plan: {@link Long#MAX_VALUE} while it lasts; empty: never. */
  public OptionalLong hadUntil(String subscriber, String plan) throws SQLException {
    return Sql.one(
            connection,
            row -> Sql.number(row, "had_until").orElse(Long.MAX_VALUE),
            "SELECT had_until FROM plans_had WHERE subscriber_id = ? AND plan = ?",
            subscriber,
            plan)
        .map(OptionalLong::of)
        .orElseGet(OptionalLong::empty);
  }

  public Optional<Subscription> find(String id) throws SQLException {
    return Sql.one(connection, SubscriberTable::subscription, SELECT + "id = ?", id);
  }

  /** All of an e-mail, also those whose e-mail itself was forgotten; served ones first. */
  public List<Subscription> byEmail(Email email) throws SQLException {
    return Sql.list(
        connection,
        SubscriberTable::subscription,
        SELECT + "email_hash = ? ORDER BY status, id",
        fingerprints.of(email));
  }

  /** Those whose e-mail is to be forgotten. */
  public List<Subscription> due(long nowMillis, int most) throws SQLException {
    return Sql.list(
        connection,
        SubscriberTable::subscription,
        SELECT + "due_at BETWEEN 0 AND ? ORDER BY due_at LIMIT ?",
        nowMillis,
        most);
  }

  /** Subscribers with an id above that one, in order. */
  public List<Subscription> page(String afterId, int most) throws SQLException {
    return Sql.list(
        connection,
        SubscriberTable::subscription,
        SELECT + "id > ? ORDER BY id LIMIT ?",
        afterId,
        most);
  }

  /** Forgets an e-mail; that it was somebody's stays known, by its fingerprint only. */
  public void forget(String id) throws SQLException {
    Sql.update(connection, "UPDATE subscribers SET email = NULL, due_at = NULL WHERE id = ?", id);
  }

  /** Takes somebody out, and what they had. */
  public void delete(String id) throws SQLException {
    Sql.update(connection, "DELETE FROM plans_had WHERE subscriber_id = ?", id);
    Sql.update(connection, "DELETE FROM subscribers WHERE id = ?", id);
  }

  private static Subscription subscription(ResultSet row) throws SQLException {
    return new Subscription(
        row.getString("id"),
        row.getString("plan"),
        SubscriptionStatus.valueOf(row.getString("status")),
        Sql.text(row, "email").map(Email::new),
        row.getLong("subscribed_at"),
        row.getLong("changed_at"),
        Sql.number(row, "due_at"));
  }
}
