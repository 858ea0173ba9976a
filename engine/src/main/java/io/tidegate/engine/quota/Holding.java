package io.tidegate.engine.quota;

import io.tidegate.engine.admission.AdmissionRequest;
import io.tidegate.engine.admission.Feature;
import io.tidegate.engine.quota.account.Account;
import io.tidegate.engine.quota.account.Buckets;
import io.tidegate.engine.quota.account.Rate;
import io.tidegate.engine.quota.account.TokenEstimate;
import io.tidegate.engine.tier.Tier;
import java.util.List;

/**
 * What one request has taken from quotas, remembered until it is given back. Empty when it is made;
 * {@link Quotas#take} fills it.
 *
 * <p><b>Threading:</b> one thread at a time; whoever hands it to another publishes it safely. A
 * filled one ends by exactly one call, {@link #giveBack} or {@link #finish}: that nobody calls
 * twice is the affair of the permit or ticket it belongs to.
 *
 * <p><b>Progress:</b> lock-free.
 *
 * <p><b>Ordering:</b> none of its own. The request is taken out of its account last, so the account
 * is there as long as anything is to be put back.
 *
 * <p><b>Source:</b> none.
 */
public final class Holding {
  private Account account;
  private Tier tier;
  private FeatureQuotas featureQuotas;
  private TokenEstimate estimate;
  private List<Feature> features;
  private int seats;
  private Rate tokenRate;
  private long requestNanos;
  private long tokenNanos;
  private int featureUses;
  private int featureSeats;

  /** The subscriber's account, from {@link Quotas#take} until the end of the request. */
  public Account account() {
    return account;
  }

  /**
   * Gives everything back, requests and tokens too: the request was refused after all, or left
   * before it was admitted.
   */
  public void giveBack(long nowNanos) {
    if (requestNanos > 0) {
      account.buckets().putBack(Buckets.REQUESTS, requestNanos);
    }
    if (tokenNanos > 0) {
      account.buckets().putBack(Buckets.TOKENS, tokenNanos);
    }
    for (int place = 0; place < featureUses; place++) {
      featureQuotas.putBackUse(account, features.get(place));
    }
    release();
  }

  /**
   * Ends an admitted request: gives back what it held, keeps what it used, and puts what it really
   * used in tokens in the place of the estimate.
   *
   * @param promptTokens 0 or more
   * @param answerTokens 0 or more; 0 also where no answer came
   */
  public void finish(long promptTokens, long answerTokens, long nowNanos) {
    if (tokenRate != null) {
      long more = tokenRate.costNanos(promptTokens + answerTokens) - tokenNanos;
      if (more > 0) {
        account.buckets().owe(Buckets.TOKENS, more, nowNanos);
      } else {
        account.buckets().putBack(Buckets.TOKENS, -more);
      }
      if (answerTokens > 0) {
        estimate.learn(tier, answerTokens);
      }
    }
    release();
  }

  void begun(
      Account with, Tier as, FeatureQuotas by, TokenEstimate estimated, AdmissionRequest request) {
    account = with;
    tier = as;
    featureQuotas = by;
    estimate = estimated;
    features = request.features();
    seats = request.seats();
    tokenRate = null;
    requestNanos = 0;
    tokenNanos = 0;
    featureUses = 0;
    featureSeats = 0;
  }

  void tookRequest(long costNanos) {
    requestNanos = costNanos;
  }

  void tookTokens(Rate rate, long costNanos) {
    tokenRate = rate;
    tokenNanos = costNanos;
  }

  /** The next feature's use was taken from the subscriber's quota, if it has one. */
  void tookFeatureUse() {
    featureUses++;
  }

  /** The next feature's seats were taken. */
  void tookFeatureSeats() {
    featureSeats++;
  }

  private void release() {
    for (int place = 0; place < featureSeats; place++) {
      featureQuotas.release(features.get(place), seats);
    }
    account.end();
  }
}
