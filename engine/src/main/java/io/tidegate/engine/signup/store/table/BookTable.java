package io.tidegate.engine.signup.store.table;

import io.tidegate.engine.signup.Books;
import io.tidegate.engine.signup.PlanBook;
import io.tidegate.engine.signup.gate.order.SignupState;
import io.tidegate.engine.signup.line.InvitePace;
import io.tidegate.engine.signup.line.WaitLine;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The books of the plans, and their lines block by block: what a start reads instead of counting.
 */
public final class BookTable {
  private static final long HOUR_MILLIS = 3_600_000;

  private final Connection connection;

  public BookTable(Connection connection) {
    this.connection = connection;
  }

  /** The books as they were last saved. */
  public Books load(long nowMillis) throws SQLException {
    Map<String, WaitLine> lines = lines();
    Map<String, InvitePace> paces = paces(nowMillis);
    Map<String, PlanBook> books = new HashMap<>();
    Sql.list(
        connection,
        row -> {
          String plan = row.getString("plan");
          return books.put(
              plan,
              new PlanBook(
                  SignupState.ofLabel(row.getString("state")),
                  row.getLong("next_ticket"),
                  lines.getOrDefault(plan, WaitLine.EMPTY),
                  row.getLong("subscribers"),
                  row.getLong("held"),
                  row.getLong("invited"),
                  row.getLong("overcommitted"),
                  paces.getOrDefault(plan, InvitePace.NONE)));
        },
        "SELECT * FROM plan_books");
    return new Books(books);
  }

  /** Saves what differs between the books before and after. */
  public void save(Books before, Books after) throws SQLException {
    for (Map.Entry<String, PlanBook> plan : after.plans().entrySet()) {
      PlanBook old = before.of(plan.getKey());
      PlanBook book = plan.getValue();
      if (!book.equals(old)) {
        saveSums(plan.getKey(), book);
        saveLine(plan.getKey(), old.line(), book.line());
      }
    }
  }

  private void saveSums(String plan, PlanBook book) throws SQLException {
    Object[] values = {
      book.state().label(),
      book.nextTicket(),
      book.subscribers(),
      book.held(),
      book.invited(),
      book.overcommitted(),
      plan
    };
    int known =
        Sql.update(
            connection,
            "UPDATE plan_books SET state = ?, next_ticket = ?, subscribers = ?, held = ?, invited = ?,"
                + " overcommitted = ? WHERE plan = ?",
            values);
    if (known == 0) {
      Sql.update(
          connection,
          "INSERT INTO plan_books (state, next_ticket, subscribers, held, invited,"
              + " overcommitted, plan) VALUES (?, ?, ?, ?, ?, ?, ?)",
          values);
    }
  }

  private void saveLine(String plan, WaitLine before, WaitLine after) throws SQLException {
    List<Long> changed = new ArrayList<>();
    after.forEachBlockUnlike(before, changed::add);
    for (long block : changed) {
      long[] bits = after.bits(block);
      if (bits.length == 0) {
        Sql.update(connection, "DELETE FROM line_blocks WHERE plan = ? AND block = ?", plan, block);
      } else if (Sql.update(
              connection,
              "UPDATE line_blocks SET bits = ? WHERE plan = ? AND block = ?",
              text(bits),
              plan,
              block)
          == 0) {
        Sql.update(
            connection,
            "INSERT INTO line_blocks (bits, plan, block) VALUES (?, ?, ?)",
            text(bits),
            plan,
            block);
      }
    }
  }

  private Map<String, WaitLine> lines() throws SQLException {
    Map<String, WaitLine> lines = new HashMap<>();
    Sql.list(
        connection,
        row ->
            lines.put(
                row.getString("plan"),
                lines
                    .getOrDefault(row.getString("plan"), WaitLine.EMPTY)
                    .append(row.getLong("block"), bits(row.getString("bits")))),
        "SELECT plan, block, bits FROM line_blocks ORDER BY plan, block");
    return lines;
  }

  private Map<String, InvitePace> paces(long nowMillis) throws SQLException {
    Map<String, InvitePace> paces = new HashMap<>();
    Sql.list(
        connection,
        row ->
            paces.put(
                row.getString("plan"),
                paces
                    .getOrDefault(row.getString("plan"), InvitePace.NONE)
                    .with(row.getLong("invited_hour"), row.getInt("turns"))),
        "SELECT plan, invited_at / 3600000 AS invited_hour, COUNT(*) AS turns FROM entries"
            + " WHERE invited_at > ? GROUP BY plan, invited_at / 3600000 ORDER BY 2",
        nowMillis - InvitePace.HOURS * HOUR_MILLIS);
    return paces;
  }

  private static String text(long[] bits) {
    ByteBuffer bytes = ByteBuffer.allocate(bits.length * Long.BYTES);
    bytes.asLongBuffer().put(bits);
    return Base64.getEncoder().encodeToString(bytes.array());
  }

  private static long[] bits(String text) {
    ByteBuffer bytes = ByteBuffer.wrap(Base64.getDecoder().decode(text));
    long[] bits = new long[bytes.remaining() / Long.BYTES];
    bytes.asLongBuffer().get(bits);
    return bits;
  }
}
