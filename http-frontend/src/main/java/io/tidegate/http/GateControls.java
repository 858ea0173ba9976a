package io.tidegate.http;

import io.tidegate.http.access.AccessLog;
import io.tidegate.http.admin.Controls;
import io.tidegate.http.config.ConfigChange;
import io.tidegate.http.config.ConfigException;
import io.tidegate.http.config.GateConfig;
import io.tidegate.http.signup.DeskAdmin;
import io.tidegate.http.signup.Signups;
import io.tidegate.http.trace.Traces;
import java.util.Optional;

/**
 * The admin port's view of a running gate.
 *
 * <p>Threading: safe for all.
 */
record GateControls(
    Runnable draining, LiveConfig live, Optional<Signups> signups, Witnesses witnesses)
    implements Controls {

  @Override
  public void drain() {
    draining.run();
  }

  @Override
  public GateConfig config() {
    return live.inForce();
  }

  @Override
  public ConfigChange reload(String by) throws ConfigException {
    return live.reload(by);
  }

  @Override
  public ConfigChange change(String by, GateConfig wanted) throws ConfigException {
    return live.change(by, wanted);
  }

  @Override
  public Optional<DeskAdmin> desk() {
    return signups.map(open -> open.admin(config()));
  }

  @Override
  public long accessLinesLost() {
    return witnesses.accessLog().map(AccessLog::lost).orElse(0L);
  }

  @Override
  public long spansLost() {
    return witnesses.traces().map(Traces::lost).orElse(0L);
  }

  @Override
  public boolean lastReloadSucceeded() {
    return live.lastReloadSucceeded();
  }
}
