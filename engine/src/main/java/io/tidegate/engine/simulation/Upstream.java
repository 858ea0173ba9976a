package io.tidegate.engine.simulation;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * A model server that batches: prompts are read by a few servers, one after the other; then all
 * running answers grow together, a token at a time.
 *
 * <p>It is one pooled engine without a prefix cache and without pre-emption. Its knee is the number
 * of requests beyond which it gets no more done in time: a memory-bound one takes no more in, a
 * time-bound one gets slower than the objective of 40 ms a token.
 */
final class Upstream {
  /** The streams of a full-sized upstream at its knee. */
  static final int FULL_KNEE = 385;

  private static final double PROMPT_TOKENS_PER_SECOND = 10_000;
  private static final double PREFILL_SERVERS = 14;

  private final UpstreamKind kind;
  private final double fullKnee;
  private final double meanPrompt;
  private final double meanAnswer;
  private final Listener listener;
  private final ArrayDeque<Turn> waiting = new ArrayDeque<>();
  private final List<Turn> prefilling = new ArrayList<>();
  private final List<Turn> running = new ArrayList<>();
  private double factor = 1;

  /** Who is told what happens. */
  interface Listener {
    void firstToken(Turn turn, long nowNanos);

    void tokens(Turn turn, int count);

    void ended(Turn turn, long nowNanos);
  }

  Upstream(UpstreamKind kind, double scale, ChatLengths lengths, Listener listener) {
    this.kind = kind;
    this.meanPrompt = lengths.prompts().mean();
    this.meanAnswer = lengths.answers().mean();
    this.fullKnee = FULL_KNEE * scale;
    this.listener = listener;
  }

  /** Answer tokens a second that it makes at its knee, with requests of mean length. */
  double capacityTokensPerSecond() {
    return capacityRequestsPerSecond() * meanAnswer;
  }

  /** Requests of mean length a second that it answers at its knee. */
  double capacityRequestsPerSecond() {
    double held = meanPrompt / PROMPT_TOKENS_PER_SECOND + meanAnswer * kind.tokenSeconds(1);
    return knee() / held;
  }

  double knee() {
    return fullKnee * factor;
  }

  /** Sets its capacity, relative to its full size. What runs goes on; with 0 everything stands. */
  void resize(double factor) {
    this.factor = factor;
  }

  void submit(Turn turn) {
    turn.prefillSeconds = turn.promptTokens / PROMPT_TOKENS_PER_SECOND;
    waiting.addLast(turn);
  }

  /** Lets so many seconds pass, up to now. */
  void advance(double seconds, long nowNanos) {
    if (factor == 0) {
      return;
    }
    int servers = (int) Math.ceil(PREFILL_SERVERS * fullKnee / FULL_KNEE * factor);
    while (!waiting.isEmpty() && prefilling.size() < servers && takesIn()) {
      prefilling.add(waiting.removeFirst());
    }
    for (int i = prefilling.size() - 1; i >= 0; i--) {
      Turn turn = prefilling.get(i);
      turn.prefillSeconds -= seconds;
      if (turn.prefillSeconds <= 0) {
        remove(prefilling, i);
        begin(turn, nowNanos);
      }
    }
    double tokens = seconds / kind.tokenSeconds(running.size() / knee());
    for (int i = running.size() - 1; i >= 0; i--) {
      grow(i, tokens, nowNanos);
    }
  }

  private boolean takesIn() {
    return !kind.bounded() || prefilling.size() + running.size() < knee();
  }

  private void begin(Turn turn, long nowNanos) {
    turn.tokensLeft--;
    turn.firstTokenNanos = nowNanos;
    running.add(turn);
    listener.firstToken(turn, nowNanos);
    listener.tokens(turn, 1);
  }

  private void grow(int place, double tokens, long nowNanos) {
    Turn turn = running.get(place);
    turn.tokenProgress += tokens;
    int whole = (int) Math.min(turn.tokenProgress, turn.tokensLeft);
    if (whole > 0) {
      turn.tokenProgress -= whole;
      turn.tokensLeft -= whole;
      listener.tokens(turn, whole);
    }
    if (turn.tokensLeft == 0) {
      remove(running, place);
      listener.ended(turn, nowNanos);
    }
  }

  /** Removes without keeping the order, which means nothing here. */
  private static void remove(List<Turn> from, int place) {
    int last = from.size() - 1;
    from.set(place, from.get(last));
    from.remove(last);
  }
}
