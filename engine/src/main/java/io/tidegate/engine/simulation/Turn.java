package io.tidegate.engine.simulation;

import io.tidegate.engine.admission.Permit;
import io.tidegate.engine.simulation.upstream.Work;
import io.tidegate.engine.tier.ServiceClass;

/** One request of a conversation, and how far it has come. Changed by the run. */
final class Turn extends Work {
  final Conversation conversation;

  /** When it was first asked, before any refusal. */
  final long bornNanos;

  int tries;
  long askedNanos;
  ServiceClass serviceClass;
  Permit permit;
  long firstTokenNanos;

  Turn(Conversation conversation, int promptTokens, int answerTokens, long bornNanos) {
    super(promptTokens, answerTokens, conversation.seats);
    this.conversation = conversation;
    this.bornNanos = bornNanos;
  }

  double firstTokenSeconds() {
    return (firstTokenNanos - askedNanos) / 1e9;
  }

  /** The mean time of each token after the first, when all have come. */
  double tokenSeconds(long endNanos) {
    return (endNanos - firstTokenNanos) / 1e9 / Math.max(1, answerTokens() - 1);
  }
}
