package io.tidegate.http.signup;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.engine.signup.Books;
import io.tidegate.engine.signup.PlanBook;
import io.tidegate.engine.signup.gate.order.SignupState;
import io.tidegate.engine.signup.line.WaitLine;
import io.tidegate.engine.signup.store.SignupStore;
import io.tidegate.engine.signup.store.StoreException;
import io.tidegate.engine.signup.store.StoreSettings;
import io.tidegate.engine.signup.store.table.BookTable;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Compares what people were told with the rows, and the books with both. */
final class SignupAudit {
  private SignupAudit() {}

  static void of(StoreSettings where, SignupCrowd crowd) throws StoreException {
    try (SignupStore store = SignupStore.at(where)) {
      store.read(
          connection -> {
            acknowledged(connection, crowd);
            books(connection);
            events(connection);
            return true;
          });
    }
    assertThat(crowd.wrong).isEmpty();
  }

  private static void acknowledged(Connection connection, SignupCrowd crowd) throws SQLException {
    List<String> entries = texts(connection, "SELECT id FROM entries ORDER BY ticket");
    assertThat(entries).doesNotHaveDuplicates().containsAll(crowd.joined.values());
    assertThat(texts(connection, "SELECT id FROM entries WHERE status = 'LEFT'"))
        .containsAll(crowd.left);
    assertThat(texts(connection, "SELECT id FROM subscribers WHERE status = 'ACTIVE'"))
        .doesNotHaveDuplicates()
        .containsAll(crowd.subscribed.values());
    assertThat(texts(connection, "SELECT id FROM places"))
        .doesNotHaveDuplicates()
        .containsAll(crowd.claimed.values());
    // Once each: of an e-mail, of an invite.
    assertThat(texts(connection, "SELECT email FROM entries WHERE NOT shadow"))
        .doesNotHaveDuplicates();
    assertThat(texts(connection, "SELECT email FROM subscribers")).doesNotHaveDuplicates();
    assertThat(texts(connection, "SELECT entry_id FROM places WHERE entry_id IS NOT NULL"))
        .doesNotHaveDuplicates();
  }

  private static void books(Connection connection) throws SQLException {
    Books books = new BookTable(connection).load(System.currentTimeMillis());
    PlanBook plus = books.of("plus");
    List<String> waiting =
        texts(connection, "SELECT ticket FROM entries WHERE status = 'WAITING' ORDER BY ticket");
    WaitLine line = plus.line();
    assertThat(line.size()).isEqualTo(waiting.size());
    List<Integer> ahead = new ArrayList<>();
    List<Integer> permutation = new ArrayList<>();
    for (String ticket : waiting) {
      permutation.add(permutation.size());
      ahead.add(line.ahead(Long.parseLong(ticket)));
    }
    assertThat(ahead).isEqualTo(permutation);
    assertThat(count(connection, "entries")).isEqualTo(plus.nextTicket() - 1);
    assertThat(count(connection, "subscribers WHERE status = 'ACTIVE'"))
        .isEqualTo(plus.subscribers());
    assertThat(count(connection, "places WHERE status = 'HELD'")).isEqualTo(plus.held());
    assertThat(count(connection, "entries WHERE status = 'INVITED' AND NOT shadow"))
        .isEqualTo(plus.invited());
    assertThat(books.of("pro").state()).isEqualTo(SignupState.PAUSED);
  }

  private static void events(Connection connection) throws SQLException {
    assertThat(count(connection, "outbox WHERE type = 'waitlist.joined'"))
        .isEqualTo(count(connection, "entries"));
    assertThat(count(connection, "outbox WHERE type = 'subscription.created'"))
        .isEqualTo(count(connection, "subscribers"));
    assertThat(count(connection, "outbox WHERE type = 'waitlist.invited'"))
        .isEqualTo(count(connection, "entries WHERE invited_at IS NOT NULL AND NOT shadow"));
  }

  private static long count(Connection connection, String what) throws SQLException {
    return Long.parseLong(texts(connection, "SELECT COUNT(*) FROM " + what).get(0));
  }

  private static List<String> texts(Connection connection, String sql) throws SQLException {
    List<String> found = new ArrayList<>();
    try (ResultSet rows = connection.createStatement().executeQuery(sql)) {
      while (rows.next()) {
        found.add(rows.getString(1));
      }
    }
    return found;
  }
}
