package io.tidegate.engine.signup.store.table;

import io.tidegate.engine.signup.Email;
import io.tidegate.engine.signup.Place;
import io.tidegate.engine.signup.PlaceStatus;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** The places that were held, and what became of them. */
public final class PlaceTable {
  private static final String SELECT = "SELECT * FROM places WHERE ";

  private final Connection connection;
  private final Fingerprints fingerprints;

  public PlaceTable(Connection connection, Fingerprints fingerprints) {
    this.connection = connection;
    this.fingerprints = fingerprints;
  }

  public void insert(Place place) throws SQLException {
    Sql.update(
        connection,
        "INSERT INTO places (id, plan, email, email_hash, channel, entry_id, status, held_at,"
            + " held_until, payment_reference, subscriber_id, due_at)"
            + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        place.id(),
        place.plan(),
        place.email().map(Email::address),
        fingerprints.of(place.email()),
        place.channel(),
        place.entryId(),
        place.status().name(),
        place.heldAtMillis(),
        place.heldUntilMillis(),
        place.paymentReference(),
        place.subscriberId(),
        place.dueAtMillis());
  }

  public void update(Place place) throws SQLException {
    Sql.update(
        connection,
        "UPDATE places SET status = ?, payment_reference = ?, subscriber_id = ?, due_at = ?"
            + " WHERE id = ?",
        place.status().name(),
        place.paymentReference(),
        place.subscriberId(),
        place.dueAtMillis(),
        place.id());
  }

  public Optional<Place> find(String id) throws SQLException {
    return Sql.one(connection, PlaceTable::place, SELECT + "id = ?", id);
  }

  public List<Place> byEmail(Email email) throws SQLException {
    return Sql.list(
        connection,
        PlaceTable::place,
        SELECT + "email_hash = ? ORDER BY held_at",
        fingerprints.of(email));
  }

  /** Those about which something is to be done. */
  public List<Place> due(long nowMillis, int most) throws SQLException {
    return Sql.list(
        connection,
        PlaceTable::place,
        SELECT + "due_at BETWEEN 0 AND ? ORDER BY due_at LIMIT ?",
        nowMillis,
        most);
  }

  /** Forgets for whom a place was held. */
  public void forget(String id) throws SQLException {
    Sql.update(
        connection,
        "UPDATE places SET email = NULL, email_hash = NULL, due_at = NULL WHERE id = ?",
        id);
  }

  public void delete(String id) throws SQLException {
    Sql.update(connection, "DELETE FROM places WHERE id = ?", id);
  }

  private static Place place(ResultSet row) throws SQLException {
    return new Place(
        row.getString("id"),
        row.getString("plan"),
        Sql.text(row, "email").map(Email::new),
        row.getString("channel"),
        Sql.text(row, "entry_id"),
        PlaceStatus.valueOf(row.getString("status")),
        row.getLong("held_at"),
        row.getLong("held_until"),
        Sql.text(row, "payment_reference"),
        Sql.text(row, "subscriber_id"),
        Sql.number(row, "due_at"));
  }
}
