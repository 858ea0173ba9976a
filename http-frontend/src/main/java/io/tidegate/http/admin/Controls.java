package io.tidegate.http.admin;

import io.tidegate.http.config.ConfigChange;
import io.tidegate.http.config.ConfigException;
import io.tidegate.http.config.GateConfig;
import io.tidegate.http.signup.DeskAdmin;
import java.util.Optional;

/** What an operator can do to a running gate. Safe for any thread. */
public interface Controls {

  /** Takes nothing new and ends when all that runs has finished. */
  void drain();

  /** The configuration in force. */
  GateConfig config();

  /** Reads the configuration anew; a bad one is refused, and the last good one stays. */
  ConfigChange reload(String by) throws ConfigException;

  /** Puts another configuration in force, until the next reload. */
  ConfigChange change(String by, GateConfig wanted) throws ConfigException;

  /** What can be done at the desk of sign-ups; empty: there is no store. */
  default Optional<DeskAdmin> desk() {
    return Optional.empty();
  }

  /** Requests whose lines in the access log were lost since the start. */
  default long accessLinesLost() {
    return 0;
  }

  /** Spans that were lost since the start. */
  default long spansLost() {
    return 0;
  }

  /** Whether the last reload was good; so if there was none. */
  boolean lastReloadSucceeded();
}
