package io.tidegate.http.proxy.asked;

import io.tidegate.engine.admission.AdmissionRequest;
import io.tidegate.engine.admission.Feature;
import io.tidegate.engine.admission.SessionKey;
import io.tidegate.engine.tier.Subscriber;
import io.tidegate.http.config.admission.SessionConfig;
import io.tidegate.http.config.listen.BodyConfig;
import io.tidegate.http.proxy.header.ContentTypes;
import java.util.List;
import java.util.Optional;
import org.apache.pekko.http.javadsl.model.HttpEntity;
import org.apache.pekko.http.javadsl.model.HttpRequest;

/**
 * Puts what the engine has to know about a request into the engine's words.
 *
 * <p>Threading: immutable, safe for all.
 */
public final class AdmissionRequests {

  /** What a token of text takes on average, in UTF-8 and with JSON around it. */
  private static final int BYTES_PER_TOKEN = 4;

  private final FeatureRules features;
  private final ModelLeeways leeways;
  private final SessionNames sessions;
  private final BodyConfig bodies;

  /** Puts them by the configuration's rules. */
  public AdmissionRequests(
      FeatureRules features, ModelLeeways leeways, SessionConfig sessions, BodyConfig bodies) {
    this.features = features;
    this.leeways = leeways;
    this.bodies = bodies;
    this.sessions = new SessionNames(sessions);
  }

  /**
   * Whether a body has to be here as a whole before the engine is asked. Forms with files in them
   * are not looked into: they are long, and no chat. Nor is what is announced as too long: it costs
   * what an ordinary request does.
   */
  public boolean looksInto(HttpRequest request) {
    return !ContentTypes.isMultipart(request)
        && request.entity().getContentLengthOption().orElse(0) <= bodies.maxPeekBytes();
  }

  /**
   * The request as the engine takes it; empty if a body cannot be read to its end, features that it
   * may use could be missed by that, and such bodies are to be refused.
   */
  public Optional<Asked> of(Subscriber subscriber, HttpRequest request) {
    BodyFacts facts =
        request.entity() instanceof HttpEntity.Strict strict && looksInto(request)
            ? BodyReader.read(strict.getData(), sessions.members())
            : BodyFacts.NONE;
    if (!facts.readable() && !features.isEmpty() && bodies.refusesMalformed()) {
      return Optional.empty();
    }
    List<Feature> used = features.of(facts);
    return Optional.of(
        new Asked(
            new AdmissionRequest(
                subscriber,
                new SessionKey(subscriber.id(), sessions.of(request, facts)),
                used,
                used.stream().mapToInt(Feature::seats).max().orElse(1),
                promptTokens(request),
                facts.maxTokens(),
                facts.streamed(),
                leeways.of(facts.model())),
            facts.model()));
  }

  private static int promptTokens(HttpRequest request) {
    long bytes = request.entity().getContentLengthOption().orElse(0);
    return (int) Math.min(bytes / BYTES_PER_TOKEN, Integer.MAX_VALUE);
  }
}
