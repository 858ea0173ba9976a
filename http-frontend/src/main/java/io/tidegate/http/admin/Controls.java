package io.tidegate.http.admin;

import io.tidegate.http.config.ConfigChange;
import io.tidegate.http.config.ConfigException;
import io.tidegate.http.config.GateConfig;

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

  /** Whether the last reload was good; so if there was none. */
  boolean lastReloadSucceeded();
}
