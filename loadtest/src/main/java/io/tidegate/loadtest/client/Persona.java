package io.tidegate.loadtest.client;

import io.tidegate.loadtest.client.answer.AnswerHead;
import io.tidegate.loadtest.client.answer.ChatAnswer;
import io.tidegate.loadtest.record.result.Outcome;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/** How a virtual user takes being refused or kept waiting. */
public sealed interface Persona {

  /** How long it waits for a first token; empty: for ever. */
  default OptionalLong patienceNanos() {
    return OptionalLong.empty();
  }

  /**
   * When it tries again, from the end of an answer; empty: it does not.
   *
   * @param triesSoFar 1 or more
   */
  OptionalLong retryDelayNanos(ChatAnswer answer, int triesSoFar);

  /** Takes no for an answer. */
  static Persona accepting() {
    return new Accepting();
  }

  /** Comes back when it was told to, unless told not to; so many tries at most. */
  static Persona patient(int maxTries) {
    return new Patient(maxTries);
  }

  /** Leaves when no token came for so long, and does not come back. */
  static Persona impatient(Duration patience) {
    return new Impatient(patience);
  }

  /** Tries again at once, whatever it was told; so many tries at most. */
  static Persona storm(int maxTries) {
    return new Storm(maxTries);
  }

  /** Takes no for an answer. */
  record Accepting() implements Persona {
    @Override
    public OptionalLong retryDelayNanos(ChatAnswer answer, int triesSoFar) {
      return OptionalLong.empty();
    }
  }

  /** Comes back when told to. */
  record Patient(int maxTries) implements Persona {

    private static final long UNTOLD_MILLIS = 1000;

    @Override
    public OptionalLong retryDelayNanos(ChatAnswer answer, int triesSoFar) {
      boolean useless = answer.head().map(AnswerHead::retryForbidden).orElse(false);
      if (answer.ending().outcome() != Outcome.SHED || useless || triesSoFar >= maxTries) {
        return OptionalLong.empty();
      }
      long millis =
          answer.head().map(head -> head.retryAfterMillis().orElse(UNTOLD_MILLIS)).orElseThrow();
      return OptionalLong.of(TimeUnit.MILLISECONDS.toNanos(millis));
    }
  }

  /** Leaves. */
  record Impatient(Duration patience) implements Persona {
    @Override
    public OptionalLong patienceNanos() {
      return OptionalLong.of(patience.toNanos());
    }

    @Override
    public OptionalLong retryDelayNanos(ChatAnswer answer, int triesSoFar) {
      return OptionalLong.empty();
    }
  }

  /** Insists. */
  record Storm(int maxTries) implements Persona {
    @Override
    public OptionalLong retryDelayNanos(ChatAnswer answer, int triesSoFar) {
      return answer.ending().outcome() == Outcome.OK || triesSoFar >= maxTries
          ? OptionalLong.empty()
          : OptionalLong.of(0);
    }
  }
}
