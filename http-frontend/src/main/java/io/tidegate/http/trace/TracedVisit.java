package io.tidegate.http.trace;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.StatusCode;
import io.tidegate.engine.admission.Outcome;
import io.tidegate.engine.tier.ServiceClass;
import io.tidegate.http.access.Visit;
import java.util.Optional;

/** A request that leaves a span: what the gate decided, when the first token came, how it ended. */
final class TracedVisit implements Visit {

  private static final double NANOS_PER_SECOND = 1e9;

  private final Span span;
  private final String operation;
  private long tokens;

  TracedVisit(Span span, String operation) {
    this.span = span;
    this.operation = operation;
  }

  @Override
  public Optional<String> traceparent() {
    SpanContext context = span.getSpanContext();
    return Optional.of(
        "00-%s-%s-%s"
            .formatted(context.getTraceId(), context.getSpanId(), context.getTraceFlags().asHex()));
  }

  @Override
  public void session(String name) {
    // Whose talk it is stays here: a collector is no place for names of people's sessions.
  }

  @Override
  public void model(String name) {
    if (!name.isEmpty()) {
      span.updateName(operation + " " + name).setAttribute("gen_ai.request.model", name);
    }
  }

  @Override
  public void admitted(ServiceClass serviceClass, long queuedNanos) {
    of(serviceClass);
    span.setAttribute("tidegate.decision", "admitted")
        .setAttribute("tidegate.queue_seconds", queuedNanos / NANOS_PER_SECOND)
        .addEvent("admitted");
  }

  @Override
  public void firstToken(long nowNanos) {
    if (tokens == 0) {
      span.addEvent("first token");
    }
  }

  @Override
  public void tokens(int count) {
    tokens += count;
  }

  @Override
  public void usage(long promptTokens, long completionTokens) {
    span.setAttribute("gen_ai.usage.input_tokens", promptTokens)
        .setAttribute("gen_ai.usage.output_tokens", completionTokens);
  }

  @Override
  public void refused(Optional<ServiceClass> serviceClass, String reason, long queuedNanos) {
    serviceClass.ifPresent(this::of);
    span.setAttribute("tidegate.decision", "refused")
        .setAttribute("tidegate.reason", reason)
        .setAttribute("tidegate.queue_seconds", queuedNanos / NANOS_PER_SECOND)
        .setAttribute("error.type", reason);
    end(false);
  }

  @Override
  public void left(Optional<ServiceClass> serviceClass, long queuedNanos) {
    serviceClass.ifPresent(this::of);
    span.setAttribute("tidegate.decision", "left")
        .setAttribute("tidegate.queue_seconds", queuedNanos / NANOS_PER_SECOND);
    end(true);
  }

  @Override
  public void ended(String upstream, Outcome outcome) {
    span.setAttribute("tidegate.upstream", upstream)
        .setAttribute("tidegate.outcome", outcome.label())
        .setAttribute("tidegate.counted_tokens", tokens);
    if (outcome != Outcome.SERVED) {
      span.setAttribute("error.type", outcome.label());
    }
    end(outcome == Outcome.SERVED || outcome == Outcome.CLIENT_GONE);
  }

  private void of(ServiceClass known) {
    span.setAttribute("tidegate.tier", known.tier().name())
        .setAttribute("tidegate.class", known.label());
  }

  private void end(boolean well) {
    if (!well) {
      span.setStatus(StatusCode.ERROR);
    }
    span.end();
  }
}
