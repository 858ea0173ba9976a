package io.tidegate.engine.admission;

import io.tidegate.engine.tier.Subscriber;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;

/**
 * One request that asks to be let in.
 *
 * @param subscriber who asks
 * @param session which of the subscriber's sessions it belongs to; nobody else's
 * @param features what it uses beyond an ordinary request
 * @param seats what it costs upstream, at least 1
 * @param promptTokens the length of its prompt, as far as known; 0 or more
 * @param maxTokens the longest answer it allows, where it says so
 * @param streamed whether it wants its answer as a stream
 * @param leeway how much longer its answer may take than others
 */
public record AdmissionRequest(
    Subscriber subscriber,
    SessionKey session,
    List<Feature> features,
    int seats,
    int promptTokens,
    OptionalInt maxTokens,
    boolean streamed,
    Leeway leeway) {
  public AdmissionRequest {
    Objects.requireNonNull(subscriber, "subscriber");
    Objects.requireNonNull(session, "session");
    features = List.copyOf(features);
    Objects.requireNonNull(maxTokens, "maxTokens");
    Objects.requireNonNull(leeway, "leeway");
    if (!session.subscriber().equals(subscriber.id())) {
      throw new IllegalArgumentException("a session is its subscriber's own");
    }
    if (seats < 1) {
      throw new IllegalArgumentException("a request costs at least one seat, not " + seats);
    }
    if (promptTokens < 0) {
      throw new IllegalArgumentException("a prompt has no tokens or some, not " + promptTokens);
    }
  }

  /** A streamed request of one seat in the subscriber's only session. */
  public static AdmissionRequest of(Subscriber subscriber) {
    return new AdmissionRequest(
        subscriber,
        new SessionKey(subscriber.id(), ""),
        List.of(),
        1,
        0,
        OptionalInt.empty(),
        true,
        Leeway.NONE);
  }

  /** The same in the session that the subscriber calls so. */
  public AdmissionRequest withSession(String name) {
    return new AdmissionRequest(
        subscriber,
        new SessionKey(subscriber.id(), name),
        features,
        seats,
        promptTokens,
        maxTokens,
        streamed,
        leeway);
  }

  /** The same at another cost. */
  public AdmissionRequest withSeats(int seats) {
    return new AdmissionRequest(
        subscriber, session, features, seats, promptTokens, maxTokens, streamed, leeway);
  }

  /** The same with these features, at the cost of the dearest. */
  public AdmissionRequest withFeatures(List<Feature> features) {
    int dearest = features.stream().mapToInt(Feature::seats).max().orElse(1);
    return new AdmissionRequest(
        subscriber, session, features, dearest, promptTokens, maxTokens, streamed, leeway);
  }

  /** The same with what is known of its length. */
  public AdmissionRequest withTokens(int promptTokens, OptionalInt maxTokens) {
    return new AdmissionRequest(
        subscriber, session, features, seats, promptTokens, maxTokens, streamed, leeway);
  }

  /** The same with its answer as a stream or in one piece. */
  public AdmissionRequest withStreamed(boolean streamed) {
    return new AdmissionRequest(
        subscriber, session, features, seats, promptTokens, maxTokens, streamed, leeway);
  }

  /** The same for a model that may take longer. */
  public AdmissionRequest withLeeway(Leeway leeway) {
    return new AdmissionRequest(
        subscriber, session, features, seats, promptTokens, maxTokens, streamed, leeway);
  }
}
