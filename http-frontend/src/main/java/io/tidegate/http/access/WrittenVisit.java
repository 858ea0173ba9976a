package io.tidegate.http.access;

import io.tidegate.engine.admission.Outcome;
import io.tidegate.engine.tier.ServiceClass;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/** A request that leaves a line. */
final class WrittenVisit implements Visit {

  private final Consumer<AccessLine> log;
  private final String requestId;
  private final Optional<String> subscriber;
  private final OptionalLong retries;
  private final long begunNanos;
  private Optional<String> session = Optional.empty();
  private Optional<ServiceClass> admittedIn = Optional.empty();
  private long queuedNanos;
  private OptionalLong firstTokenNanos = OptionalLong.empty();
  private OptionalLong promptTokens = OptionalLong.empty();
  private OptionalLong usedTokens = OptionalLong.empty();
  private long countedTokens;

  WrittenVisit(
      Consumer<AccessLine> log,
      String requestId,
      Optional<String> subscriber,
      OptionalLong retries,
      long begunNanos) {
    this.log = log;
    this.requestId = requestId;
    this.subscriber = subscriber;
    this.retries = retries;
    this.begunNanos = begunNanos;
  }

  @Override
  public void session(String name) {
    session = Optional.of(name).filter(text -> !text.isEmpty());
  }

  @Override
  public void admitted(ServiceClass serviceClass, long waitedNanos) {
    admittedIn = Optional.of(serviceClass);
    queuedNanos = waitedNanos;
  }

  @Override
  public void firstToken(long nowNanos) {
    if (firstTokenNanos.isEmpty()) {
      firstTokenNanos = OptionalLong.of(nowNanos - begunNanos);
    }
  }

  @Override
  public void tokens(int count) {
    countedTokens += count;
  }

  @Override
  public void usage(long prompt, long completion) {
    promptTokens = OptionalLong.of(prompt);
    usedTokens = OptionalLong.of(completion);
  }

  @Override
  public void refused(Optional<ServiceClass> serviceClass, String reason, long waitedNanos) {
    queuedNanos = waitedNanos;
    write(serviceClass, "refused", Optional.of(reason), Optional.empty(), Optional.empty());
  }

  @Override
  public void left(Optional<ServiceClass> serviceClass, long waitedNanos) {
    queuedNanos = waitedNanos;
    write(serviceClass, "left", Optional.empty(), Optional.empty(), Optional.empty());
  }

  @Override
  public void ended(String upstream, Outcome outcome) {
    write(
        admittedIn,
        "admitted",
        Optional.empty(),
        Optional.of(upstream).filter(name -> !name.isEmpty()),
        Optional.of(outcome.label()));
  }

  private void write(
      Optional<ServiceClass> serviceClass,
      String decision,
      Optional<String> reason,
      Optional<String> upstream,
      Optional<String> outcome) {
    OptionalLong counted =
        countedTokens > 0 ? OptionalLong.of(countedTokens) : OptionalLong.empty();
    log.accept(
        new AccessLine(
            System.currentTimeMillis(),
            requestId,
            subscriber,
            retries,
            serviceClass.map(known -> known.tier().name()),
            serviceClass.map(ServiceClass::label),
            session,
            decision,
            reason,
            queuedNanos,
            firstTokenNanos,
            System.nanoTime() - begunNanos,
            promptTokens,
            usedTokens.isPresent() ? usedTokens : counted,
            upstream,
            outcome));
  }
}
