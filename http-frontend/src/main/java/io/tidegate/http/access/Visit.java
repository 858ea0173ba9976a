package io.tidegate.http.access;

import io.tidegate.engine.admission.Outcome;
import io.tidegate.engine.tier.ServiceClass;
import java.util.Optional;

/**
 * One request as the access log and traces see it. Of {@link #refused}, {@link #left} and {@link
 * #ended} one is called, once; that writes the line.
 *
 * <p>Threading: calls of one request come one after the other, on whatever thread.
 */
public interface Visit {

  /** Leaves no line. */
  Visit UNSEEN =
      new Visit() {
        @Override
        public void session(String name) {}

        @Override
        public void admitted(ServiceClass serviceClass, long queuedNanos) {}

        @Override
        public void firstToken(long nowNanos) {}

        @Override
        public void tokens(int count) {}

        @Override
        public void usage(long promptTokens, long completionTokens) {}

        @Override
        public void refused(Optional<ServiceClass> serviceClass, String reason, long queuedNanos) {}

        @Override
        public void left(Optional<ServiceClass> serviceClass, long queuedNanos) {}

        @Override
        public void ended(String upstream, Outcome outcome) {}
      };

  /** Which session it belongs to; empty text: it names none. */
  void session(String name);

  /** Which model it asks for; empty text: none is named. */
  default void model(String name) {}

  /** What the upstream is told of the trace that this belongs to; empty: as the client sent it. */
  default Optional<String> traceparent() {
    return Optional.empty();
  }

  /** It was let in. */
  void admitted(ServiceClass serviceClass, long queuedNanos);

  /** The first token has come. Only the first call counts. */
  void firstToken(long nowNanos);

  /** Tokens have come. */
  void tokens(int count);

  /** What the upstream says was used, which goes before what was counted. */
  void usage(long promptTokens, long completionTokens);

  /** It was not let in, or came to nothing before it went anywhere. */
  void refused(Optional<ServiceClass> serviceClass, String reason, long queuedNanos);

  /** Whoever asked went away before it was decided. */
  void left(Optional<ServiceClass> serviceClass, long queuedNanos);

  /** It was let in, and is over. */
  void ended(String upstream, Outcome outcome);
}
