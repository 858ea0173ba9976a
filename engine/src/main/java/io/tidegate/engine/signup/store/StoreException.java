package io.tidegate.engine.signup.store;

import java.sql.SQLException;
import java.util.Locale;

/** The store did not do what it was asked; whatever was asked has not happened, or may not have. */
public final class StoreException extends Exception {
  private static final long serialVersionUID = 1L;

  /** What is the matter. */
  public enum Kind {
    /** It cannot be reached now; it may come back by itself. */
    UNREACHABLE,
    /** Another process writes it. */
    IN_USE,
    /** A newer version of this program has changed its tables. */
    NEWER_SCHEMA,
    /** There is no room left on its disk. */
    FULL,
    /** It refused the statement: a fault of this program. */
    REFUSED
  }

  private final Kind kind;

  StoreException(Kind kind, String message, Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  /** What is the matter. */
  public Kind kind() {
    return kind;
  }

  /** Whether it is no use to try again before somebody has done something about it. */
  public boolean lasting() {
    return kind == Kind.IN_USE || kind == Kind.NEWER_SCHEMA;
  }

  static StoreException of(StoreSettings settings, SQLException e) {
    Kind kind = kindOf(e);
    String what =
        switch (kind) {
          case UNREACHABLE -> "the store %s cannot be reached";
          case IN_USE -> "the store %s is in use by another process";
          case NEWER_SCHEMA -> "the store %s belongs to a newer version";
          case FULL -> "the disk of the store %s is full";
          case REFUSED -> "the store %s refused a statement";
        };
    return new StoreException(
        kind, (what + ": %s").formatted(settings.url(), firstLine(e.getMessage())), e);
  }

  private static String firstLine(String message) {
    return message == null ? "no reason given" : message.lines().findFirst().orElse("");
  }

  private static Kind kindOf(SQLException e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      String text = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
      if (text.contains("no space left") || text.contains("disk full")) {
        return Kind.FULL;
      }
      if (text.contains("already in use")) {
        return Kind.IN_USE;
      }
    }
    String state = e.getSQLState() == null ? "" : e.getSQLState();
    if (state.equals("53100")) {
      return Kind.FULL;
    }
    return refused(state) ? Kind.REFUSED : Kind.UNREACHABLE;
  }

  // Classes of SQL states that speak of the statement, not of the way to the database.
  private static boolean refused(String state) {
    return state.startsWith("21")
        || state.startsWith("22")
        || state.startsWith("23")
        || state.startsWith("42")
        || state.startsWith("07");
  }
}
