package io.tidegate.engine.signup.desk;

/** Why the desk does not do what it was asked. */
public enum Refusal {
  /** There is no such plan, or it is not sold. */
  NOT_SOLD("this plan is not sold here"),
  UNKNOWN_CHANNEL("this plan is not sold by that channel"),
  UNKNOWN_ENTRY("there is no such entry on the wait-list"),
  UNKNOWN_PLACE("there is no such place"),
  UNKNOWN_SUBSCRIBER("there is no such subscriber"),
  UNKNOWN_KEY("there is no such key, or it was revoked"),
  /** Forged, of another gate, or made void by a later one. */
  UNKNOWN_INVITE("there is no such invite"),
  INVITE_EXPIRED("this invite was not used in time"),
  INVITE_USED("this invite has been used"),
  INVITE_OF_ANOTHER("this invite is for another e-mail address or another plan"),
  /** It has stopped to wait before. */
  NOT_WAITING("this entry is not waiting any more"),
  ALREADY_SUBSCRIBED("this e-mail address has a subscription to this plan"),
  /** It was confirmed with another payment. */
  ALREADY_CONFIRMED("this place was confirmed before, with another payment"),
  /** The key of the request was used for another one. */
  KEY_REUSED("this Idempotency-Key was used for another request"),
  EMAIL_TAKEN("another subscriber has this e-mail address");

  private final String sentence;

  Refusal(String sentence) {
    this.sentence = sentence;
  }

  /** For people, as a part of a sentence. */
  public String sentence() {
    return sentence;
  }
}
