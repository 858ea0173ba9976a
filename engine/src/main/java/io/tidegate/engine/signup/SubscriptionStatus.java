package io.tidegate.engine.signup;

/** Whether a subscription is served. */
public enum SubscriptionStatus {
  ACTIVE,
  CANCELLED
}
