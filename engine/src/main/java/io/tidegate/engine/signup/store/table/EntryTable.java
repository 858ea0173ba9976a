package io.tidegate.engine.signup.store.table;

import io.tidegate.engine.signup.Email;
import io.tidegate.engine.signup.EntryStatus;
import io.tidegate.engine.signup.WaitEntry;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** The entries of the wait-lists. */
public final class EntryTable {
  private static final String SELECT = "SELECT * FROM entries WHERE ";

  private final Connection connection;
  private final Fingerprints fingerprints;

  public EntryTable(Connection connection, Fingerprints fingerprints) {
    this.connection = connection;
    this.fingerprints = fingerprints;
  }

  public void insert(WaitEntry entry) throws SQLException {
    Sql.update(
        connection,
        "INSERT INTO entries (id, plan, ticket, email, email_hash, shadow, status, joined_at,"
            + " changed_at, invited_at, due_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        entry.id(),
        entry.plan(),
        entry.ticket(),
        entry.email().map(Email::address),
        fingerprints.of(entry.email()),
        entry.shadow(),
        entry.status().name(),
        entry.joinedAtMillis(),
        entry.changedAtMillis(),
        entry.invitedAtMillis(),
        entry.dueAtMillis());
  }

  public void update(WaitEntry entry) throws SQLException {
    Sql.update(
        connection,
        "UPDATE entries SET shadow = ?, status = ?, changed_at = ?, invited_at = ?, due_at = ?"
            + " WHERE id = ?",
        entry.shadow(),
        entry.status().name(),
        entry.changedAtMillis(),
        entry.invitedAtMillis(),
        entry.dueAtMillis(),
        entry.id());
  }

  public Optional<WaitEntry> find(String id) throws SQLException {
    return Sql.one(connection, EntryTable::entry, SELECT + "id = ?", id);
  }

  public Optional<WaitEntry> byTicket(String plan, long ticket) throws SQLException {
    return Sql.one(connection, EntryTable::entry, SELECT + "plan = ? AND ticket = ?", plan, ticket);
  }

  /** The first entry of an e-mail that waits for a plan or is invited to it; shadows too. */
  public Optional<WaitEntry> open(Email email, String plan) throws SQLException {
    Optional<WaitEntry> waiting = first(email, plan, EntryStatus.WAITING, "");
    Optional<WaitEntry> invited = first(email, plan, EntryStatus.INVITED, "");
    return waiting.or(() -> invited);
  }

  /** The first shadow of an e-mail that waits for a plan. */
  public Optional<WaitEntry> waitingShadow(Email email, String plan) throws SQLException {
    return first(email, plan, EntryStatus.WAITING, " AND shadow");
  }

  private Optional<WaitEntry> first(Email email, String plan, EntryStatus status, String more)
      throws SQLException {
    return Sql.one(
        connection,
        EntryTable::entry,
        SELECT
            + "email_hash = ? AND plan = ? AND status = ?"
            + more
            // All columns of the index, or H2 reads all rows and sorts them.
            + " ORDER BY email_hash, plan, status, ticket LIMIT 1",
        fingerprints.of(email),
        plan,
        status.name());
  }

  /** All entries of an e-mail, in the order in which they joined. */
  public List<WaitEntry> byEmail(Email email) throws SQLException {
    return Sql.list(
        connection,
        EntryTable::entry,
        SELECT + "email_hash = ? ORDER BY plan, ticket",
        fingerprints.of(email));
  }

  /** Those about which something is to be done. */
  public List<WaitEntry> due(long nowMillis, int most) throws SQLException {
    return Sql.list(
        connection,
        EntryTable::entry,
        SELECT + "due_at BETWEEN 0 AND ? ORDER BY due_at, ticket LIMIT ?",
        nowMillis,
        most);
  }

  /** Entries of a plan with a ticket above that one, in order. */
  public List<WaitEntry> page(String plan, long afterTicket, int most) throws SQLException {
    return Sql.list(
        connection,
        EntryTable::entry,
        SELECT + "plan = ? AND ticket > ? ORDER BY ticket LIMIT ?",
        plan,
        afterTicket,
        most);
  }

  /** Forgets whose an entry was. */
  public void forget(String id) throws SQLException {
    Sql.update(
        connection,
        "UPDATE entries SET email = NULL, email_hash = NULL, due_at = NULL WHERE id = ?",
        id);
  }

  public void delete(String id) throws SQLException {
    Sql.update(connection, "DELETE FROM entries WHERE id = ?", id);
  }

  static WaitEntry entry(ResultSet row) throws SQLException {
    return new WaitEntry(
        row.getString("id"),
        row.getString("plan"),
        row.getLong("ticket"),
        Sql.text(row, "email").map(Email::new),
        row.getBoolean("shadow"),
        EntryStatus.valueOf(row.getString("status")),
        row.getLong("joined_at"),
        row.getLong("changed_at"),
        Sql.number(row, "invited_at"),
        Sql.number(row, "due_at"));
  }
}
