package io.tidegate.http.identity;

import io.tidegate.engine.tier.Subscriber;
import io.tidegate.http.config.identity.key.Sha256;
import java.util.Optional;

/**
 * Knows whose some API keys are. Several are asked in their order, until one knows.
 *
 * <p>Threading: safe for all, and answers from memory: it is asked for every request, by threads
 * that must not wait.
 */
public interface KeySource {

  /** Whose key has this digest; empty if it is none of this source's. */
  Optional<Subscriber> find(Sha256 digest);
}
