package io.tidegate.engine.signup.desk;

import io.tidegate.engine.signup.ApiKey;
import io.tidegate.engine.signup.EntryView;
import io.tidegate.engine.signup.Place;
import io.tidegate.engine.signup.Subscription;
import java.util.Optional;

/** What the desk answers. */
public sealed interface Answer {

  /** Somebody is on the wait-list. */
  record Waits(EntryView entry) implements Answer {}

  /** A place is held. */
  record Held(Place place) implements Answer {}

  /** A place was given back. */
  record GivenBack(Place place) implements Answer {}

  /**
   * Somebody subscribes.
   *
   * @param key their first key, which nobody can ever show again; empty: they have one
   */
  record Subscribed(Subscription subscription, Optional<String> key) implements Answer {}

  /** A key was made; its text is nowhere else. */
  record Issued(ApiKey key, String text) implements Answer {}

  /** It is done, and there is nothing to show. */
  record Done() implements Answer {}

  /** It is not done, and nothing has changed. */
  record Refused(Refusal why) implements Answer {}

  static Answer refused(Refusal why) {
    return new Refused(why);
  }
}
