package io.tidegate.http;

import io.tidegate.http.access.AccessLog;
import io.tidegate.http.access.Visits;
import io.tidegate.http.config.GateConfig;
import io.tidegate.http.trace.Traces;
import java.util.Optional;

/**
 * Who sees each request: the access log and traces, where they are configured.
 *
 * <p>Threading: safe for all.
 */
record Witnesses(Optional<AccessLog> accessLog, Optional<Traces> traces) implements AutoCloseable {

  static Witnesses start(GateConfig config) {
    return new Witnesses(AccessLog.start(config.accessLog()), Traces.start(config.tracing()));
  }

  /** All of them as one. */
  Visits visits() {
    Optional<Visits> written = accessLog.map(log -> log::begin);
    Optional<Visits> traced =
        traces.map(spans -> (request, id, subscriber) -> spans.begin(request, id));
    return traced
        .map(first -> written.map(first::and).orElse(first))
        .or(() -> written)
        .orElse(Visits.UNSEEN);
  }

  @Override
  public void close() {
    accessLog.ifPresent(AccessLog::close);
    traces.ifPresent(Traces::close);
  }
}
