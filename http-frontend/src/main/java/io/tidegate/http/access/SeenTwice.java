package io.tidegate.http.access;

import io.tidegate.engine.admission.Outcome;
import io.tidegate.engine.tier.ServiceClass;
import java.util.Optional;

/** A request that two see; the first is asked for the trace. */
record SeenTwice(Visit first, Visit second) implements Visit {

  @Override
  public Optional<String> traceparent() {
    return first.traceparent();
  }

  @Override
  public void session(String name) {
    first.session(name);
    second.session(name);
  }

  @Override
  public void model(String name) {
    first.model(name);
    second.model(name);
  }

  @Override
  public void admitted(ServiceClass serviceClass, long queuedNanos) {
    first.admitted(serviceClass, queuedNanos);
    second.admitted(serviceClass, queuedNanos);
  }

  @Override
  public void firstToken(long nowNanos) {
    first.firstToken(nowNanos);
    second.firstToken(nowNanos);
  }

  @Override
  public void tokens(int count) {
    first.tokens(count);
    second.tokens(count);
  }

  @Override
  public void usage(long promptTokens, long completionTokens) {
    first.usage(promptTokens, completionTokens);
    second.usage(promptTokens, completionTokens);
  }

  @Override
  public void refused(Optional<ServiceClass> serviceClass, String reason, long queuedNanos) {
    first.refused(serviceClass, reason, queuedNanos);
    second.refused(serviceClass, reason, queuedNanos);
  }

  @Override
  public void left(Optional<ServiceClass> serviceClass, long queuedNanos) {
    first.left(serviceClass, queuedNanos);
    second.left(serviceClass, queuedNanos);
  }

  @Override
  public void ended(String upstream, Outcome outcome) {
    first.ended(upstream, outcome);
    second.ended(upstream, outcome);
  }
}
