package io.tidegate.engine.quota.account;

import io.tidegate.engine.admission.AdmissionRequest;
import io.tidegate.engine.tier.Tier;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * What a request will probably use, in tokens, before anybody knows: its prompt, and an answer as
 * long as its tier's answers lately were, or as long as the request allows if that is less.
 *
 * <p>The mean of a tier is right for the tier and wrong for each request: answers differ by a
 * factor of ten. That is why the estimate is settled when the request ends. Until then a subscriber
 * with n requests in progress is over or under by the sum of n such errors; what was too little
 * becomes debt, which delays the next request.
 *
 * <p><b>Threading:</b> any thread.
 *
 * <p><b>Progress:</b> wait-free.
 *
 * <p><b>Ordering:</b> opaque. Two answers that end at once may lose one of the two: an estimate can
 * bear that.
 *
 * <p><b>Source:</b> exponentially weighted moving average over about the last 32 answers.
 */
public final class TokenEstimate {
  public static final int FIRST_GUESS_TOKENS = 500;

  private static final int MEAN_OVER = 32;
  // Thousandths keep the fraction that a mean of whole tokens would lose.
  private static final long SCALE = 1_000;
  // No answer is longer; what an upstream claims beyond it teaches nothing.
  private static final long MAX_ANSWER_TOKENS = 1_000_000;

  private final AtomicLongArray meanAnswers;

  /** Estimates for so many tiers, of which nothing is known. */
  public TokenEstimate(int tiers) {
    meanAnswers = new AtomicLongArray(tiers);
    for (int tier = 0; tier < tiers; tier++) {
      meanAnswers.set(tier, FIRST_GUESS_TOKENS * SCALE);
    }
  }

  /** What a request is expected to take. */
  public long tokens(AdmissionRequest request, Tier tier) {
    long answer = meanAnswers.getOpaque(tier.index()) / SCALE;
    if (request.maxTokens().isPresent()) {
      answer = Math.min(answer, Math.max(0, request.maxTokens().getAsInt()));
    }
    return request.promptTokens() + answer;
  }

  /** Learns from an answer that has ended. */
  public void learn(Tier tier, long answerTokens) {
    long mean = meanAnswers.getOpaque(tier.index());
    long answer = Math.min(answerTokens, MAX_ANSWER_TOKENS) * SCALE;
    meanAnswers.setOpaque(tier.index(), mean + (answer - mean) / MEAN_OVER);
  }
}
