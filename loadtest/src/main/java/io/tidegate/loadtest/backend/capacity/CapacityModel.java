package io.tidegate.loadtest.backend.capacity;

import java.util.concurrent.TimeUnit;

/**
 * The arithmetic of a GPU server with continuous batching.
 *
 * <p>Memory: an admitted request reserves its prompt and its whole answer. What does not fit waits
 * outside. A seat is the memory of one stream of typical traffic, so that {@code seats} streams run
 * at once when the memory is full; shorter prompts and answers fit in greater number.
 *
 * <p>Time: decoding is bound by memory bandwidth while the batch is small, which costs the same for
 * one stream as for many, and by arithmetic beyond a knee, where the time for a token grows with
 * the number of streams: {@code T(n) = T(1) * max(1, n / knee)}, the roofline model (Williams,
 * Waterman, Patterson, "Roofline", CACM 2009). The prefill of a prompt has a fixed part and one
 * that grows with the prompt, and is slowed by a crowded batch in the same proportion.
 *
 * @param kind which of the two runs out first
 * @param seats the streams carried well, 1 to {@value #MAX_SEATS}
 * @param firstTokenNanos prefill of a prompt of typical length on an idle server, 0 to an hour
 * @param tokenNanos time between the tokens of one stream on an idle server, 0 to an hour
 * @param typicalPromptTokens the prompt for which {@code firstTokenNanos} holds
 * @param lengths how long answers are
 */
public record CapacityModel(
    Kind kind,
    int seats,
    long firstTokenNanos,
    long tokenNanos,
    int typicalPromptTokens,
    AnswerLengths lengths) {

  public static final int MAX_SEATS = 1_000_000;
  public static final long MAX_NANOS = TimeUnit.HOURS.toNanos(1);

  /** The part of a typical prefill that does not depend on the prompt's length. */
  private static final double FIXED_PREFILL_RATIO = 0.9;

  private static final int MAX_PROMPT_TOKENS = 1_000_000;

  public CapacityModel {
    Bounds.check("seats", seats, 1, MAX_SEATS);
    Bounds.check("firstTokenNanos", firstTokenNanos, 0, MAX_NANOS);
    Bounds.check("tokenNanos", tokenNanos, 0, MAX_NANOS);
    Bounds.check("typicalPromptTokens", typicalPromptTokens, 1, MAX_PROMPT_TOKENS);
  }

  public CapacityModel withKind(Kind newKind) {
    return new CapacityModel(
        newKind, seats, firstTokenNanos, tokenNanos, typicalPromptTokens, lengths);
  }

  public CapacityModel withSeats(int newSeats) {
    return new CapacityModel(
        kind, newSeats, firstTokenNanos, tokenNanos, typicalPromptTokens, lengths);
  }

  public CapacityModel withFirstTokenNanos(long nanos) {
    return new CapacityModel(kind, seats, nanos, tokenNanos, typicalPromptTokens, lengths);
  }

  public CapacityModel withTokenNanos(long nanos) {
    return new CapacityModel(kind, seats, firstTokenNanos, nanos, typicalPromptTokens, lengths);
  }

  public CapacityModel withLengths(AnswerLengths newLengths) {
    return new CapacityModel(
        kind, seats, firstTokenNanos, tokenNanos, typicalPromptTokens, newLengths);
  }

  /** The tokens whose keys and values memory holds. */
  public long memoryTokens() {
    double tokensPerSeat = typicalPromptTokens + lengths.meanRunningTokens();
    return (long) (seats * tokensPerSeat * kind.memoryRatio());
  }

  /**
   * Whether a request that reserves {@code tokens} joins a batch that holds {@code heldTokens}. One
   * that is larger than the whole memory runs alone rather than never.
   */
  boolean fits(long heldTokens, long tokens) {
    return heldTokens == 0 || heldTokens + tokens <= memoryTokens();
  }

  /** The time between two tokens of one stream while {@code running} streams are in the batch. */
  public long tokenNanos(int running) {
    return Math.round(tokenNanos * slowdown(running));
  }

  /** The time from joining the batch, as one of {@code running} streams, to the first token. */
  public long prefillNanos(int promptTokens, int running) {
    double promptRatio = (double) promptTokens / typicalPromptTokens;
    double work = FIXED_PREFILL_RATIO + (1 - FIXED_PREFILL_RATIO) * promptRatio;
    return Math.round(firstTokenNanos * work * slowdown(running));
  }

  private double slowdown(int running) {
    return Math.max(1, running / (seats * kind.kneeRatio()));
  }
}
