package io.tidegate.http;

import io.tidegate.http.config.ConfigChange;
import io.tidegate.http.config.ConfigException;
import io.tidegate.http.config.ConfigSource;
import io.tidegate.http.config.GateConfig;
import java.io.UncheckedIOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The configuration that a gate runs with, and how another takes its place: read and judged as a
 * whole, compared, applied, and only then in force. A bad one changes nothing.
 *
 * <p>Threading: safe for all; one change at a time.
 */
final class LiveConfig {

  private static final Logger AUDIT = LoggerFactory.getLogger("io.tidegate.audit");

  /** Applies a configuration that differs in nothing a running gate cannot change. */
  interface Applier {
    /** Fails before it has changed anything. */
    void apply(GateConfig effective) throws ConfigException;
  }

  private final ConfigSource source;
  private final Applier applier;
  private volatile GateConfig inForce;
  private volatile boolean lastReloadSucceeded = true;

  LiveConfig(GateConfig first, ConfigSource source, Applier applier) {
    this.inForce = first;
    this.source = source;
    this.applier = applier;
  }

  GateConfig inForce() {
    return inForce;
  }

  boolean lastReloadSucceeded() {
    return lastReloadSucceeded;
  }

  /** Reads the configuration anew and applies what has changed; a bad one changes nothing. */
  synchronized ConfigChange reload(String by) throws ConfigException {
    try {
      ConfigChange change = change(by, read());
      lastReloadSucceeded = true;
      return change;
    } catch (ConfigException e) {
      lastReloadSucceeded = false;
      AUDIT.warn("configuration refused, the last good one stays; by {}: {}", by, e.getMessage());
      throw e;
    }
  }

  private GateConfig read() throws ConfigException {
    try {
      return source.read();
    } catch (UncheckedIOException e) {
      throw ConfigException.of("configuration", "", e.getMessage());
    }
  }

  /** Applies what of a configuration can change while the gate runs. */
  synchronized ConfigChange change(String by, GateConfig wanted) throws ConfigException {
    ConfigChange change = ConfigChange.between(inForce, wanted);
    if (!change.effective().equals(inForce)) {
      applier.apply(change.effective());
      inForce = change.effective();
    }
    AUDIT.info(
        "configuration by {}: changed {}, needs a restart {}",
        by,
        change.changed(),
        change.needsRestart());
    return change;
  }
}
