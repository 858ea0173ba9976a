package io.tidegate.engine.signup.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.tidegate.engine.signup.store.table.Sql;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;

/**
 * The database of sign-ups: one connection that writes, a few that read.
 *
 * <p>There is one writer in all the world: H2 locks its file, and on PostgreSQL the writing
 * connection holds an advisory lock for as long as it lives. After a failure the connection is
 * given up; the next {@link #write} makes a new one.
 *
 * <p>Threading: {@link #write} and {@link #close} for one thread at a time, {@link #read} for all.
 */
public final class SignupStore implements AutoCloseable {
  private static final int READERS = 4;
  private static final int VALID_SECONDS = 1;

  // "tidegate" as a number: one lock for the program in one database.
  private static final long LOCK = 0x7469646567617465L;
  private static final String LOCK_NOT_AVAILABLE = "55P03";

  // Committed is on disk; and no hook closes the file under the writer while the program ends. The
  // price: a file of H2's gives back space only as far as it finds time to when it is closed.
  private static final String H2_OPTIONS =
      ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE;QUERY_CACHE_SIZE=128";

  /** What is done with a connection. */
  public interface Work<T> {
    T on(Connection connection) throws SQLException;
  }

  private final StoreSettings settings;
  private final String url;
  private final HikariDataSource readers;
  private Connection writer;
  private boolean migrated;

  private SignupStore(StoreSettings settings) {
    this.settings = settings;
    this.url = settings.postgres() ? postgresUrl(settings) : settings.url() + H2_OPTIONS;
    this.readers = readers();
  }

  /** The store at that place; nothing is opened before the first use. */
  public static SignupStore at(StoreSettings settings) {
    return new SignupStore(settings);
  }

  /**
   * Does work in one transaction and commits it.
   *
   * @throws StoreException if it is not done. After {@link StoreException.Kind#REFUSED} nothing of
   *     it happened; after another failure it is not known whether the commit came through
   */
  public <T> T write(Work<T> work) throws StoreException {
    Connection connection = writer();
    try {
      T result = work.on(connection);
      connection.commit();
      return result;
    } catch (SQLException e) {
      StoreException failure = StoreException.of(settings, e);
      if (failure.kind() != StoreException.Kind.REFUSED || !rolledBack(connection)) {
        giveUp();
      }
      throw failure;
    } catch (RuntimeException bug) {
      if (!rolledBack(connection)) {
        giveUp();
      }
      throw bug;
    }
  }

  /** Whether the connection for writing stands; if it does not, the next write makes another. */
  public boolean connected() {
    return writer != null;
  }

  /**
   * Looks something up; never waits for a writer. A connection that was lost meanwhile, as all are
   * once the store was away, costs nothing but another look by another one.
   */
  public <T> T read(Work<T> work) throws StoreException {
    try {
      for (int lost = 0; lost < READERS; lost++) {
        try (Connection connection = readers.getConnection()) {
          try {
            return work.on(connection);
          } catch (SQLException e) {
            // A connection to an H2 database that had to close calls itself valid.
            if (!(e instanceof SQLNonTransientConnectionException)
                && connection.isValid(VALID_SECONDS)) {
              throw e;
            }
            readers.evictConnection(connection);
          }
        }
      }
      try (Connection connection = readers.getConnection()) {
        return work.on(connection);
      }
    } catch (SQLException e) {
      throw StoreException.of(settings, e);
    }
  }

  @Override
  public void close() {
    giveUp();
    readers.close();
  }

  private Connection writer() throws StoreException {
    if (writer != null) {
      return writer;
    }
    try {
      Connection connection = connect();
      try {
        lock(connection);
        if (!migrated) {
          Schema.migrate(connection, url, settings);
          migrated = true;
        }
        connection.setAutoCommit(false);
        writer = connection;
        return connection;
      } catch (SQLException | StoreException e) {
        connection.close();
        throw e;
      }
    } catch (SQLException e) {
      throw StoreException.of(settings, e);
    }
  }

  private Connection connect() throws SQLException {
    return DriverManager.getConnection(url, settings.user(), settings.password());
  }

  private void lock(Connection connection) throws SQLException, StoreException {
    if (!settings.postgres()) {
      return;
    }
    // The lock of a gate that has just ended goes when its server has noticed.
    long millis = settings.patience().toMillis();
    try {
      Sql.update(connection, "SET lock_timeout = " + millis);
      Sql.list(connection, row -> true, "SELECT pg_advisory_lock(?)", LOCK);
      Sql.update(connection, "SET lock_timeout = 0");
    } catch (SQLException e) {
      if (!LOCK_NOT_AVAILABLE.equals(e.getSQLState())) {
        throw e;
      }
      throw new StoreException(
          StoreException.Kind.IN_USE,
          "the store %s is in use by another gate; each needs a database of its own"
              .formatted(settings.url()),
          e);
    }
  }

  private static boolean rolledBack(Connection connection) {
    try {
      connection.rollback();
      return true;
    } catch (SQLException e) {
      return false;
    }
  }

  /**
   * Lets go of the connection for writing, and of those for reading with it: an H2 database whose
   * disk failed has closed, and a late connection to it, when it ends, would make H2 forget the one
   * that was opened in its place.
   */
  private void giveUp() {
    Connection connection = writer;
    writer = null;
    if (!readers.isClosed() && readers.getHikariPoolMXBean() != null) {
      readers.getHikariPoolMXBean().softEvictConnections();
    }
    if (connection != null) {
      try {
        connection.close();
      } catch (SQLException e) {
        // It was given up because it was broken.
      }
    }
  }

  private HikariDataSource readers() {
    HikariConfig config = new HikariConfig();
    config.setPoolName("tidegate-store-readers");
    config.setJdbcUrl(url);
    config.setUsername(settings.user());
    config.setPassword(settings.password());
    config.setMaximumPoolSize(READERS);
    config.setMinimumIdle(1);
    config.setConnectionTimeout(Math.max(settings.patience().toMillis(), 250));
    config.setValidationTimeout(Math.max(settings.patience().toMillis(), 250));
    config.setInitializationFailTimeout(-1); // it may come later
    config.setReadOnly(settings.postgres());
    return new HikariDataSource(config);
  }

  // A peer that is gone is noticed: at once when it says so, else after the patience.
  private static String postgresUrl(StoreSettings settings) {
    long seconds = Math.max(settings.patience().toSeconds(), 1);
    char next = settings.url().contains("?") ? '&' : '?';
    return "%s%cconnectTimeout=%d&socketTimeout=%d&tcpKeepAlive=true&ApplicationName=tidegate"
        .formatted(settings.url(), next, seconds, Math.max(seconds * 5, 10));
  }
}
