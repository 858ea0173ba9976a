package io.tidegate.http.signup;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidegate.engine.signup.Email;
import io.tidegate.engine.signup.EntryView;
import io.tidegate.engine.signup.Place;
import io.tidegate.engine.signup.Subscription;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/** The objects of the sign-up calls as JSON. */
final class SignupJson {

  /** A line moves by the hour: looking more often tells nothing. */
  private static final long REFRESH_SECONDS = 30;

  private static final long REFRESH_AT_MOST_SECONDS = 3600;

  private SignupJson() {}

  static ObjectNode entry(EntryView view) {
    ObjectNode json = object("waitlist_entry", view.entry().id());
    json.put("plan", view.entry().plan());
    json.put("status", label(view.entry().status()));
    boolean waits = view.ahead().isPresent();
    json.put("position", waits ? (Long) (view.ahead().getAsLong() + 1) : null);
    json.put("ahead", waits ? (Long) view.ahead().getAsLong() : null);
    if (view.estimate().isPresent()) {
      json.putArray("estimated_wait_seconds")
          .add(view.estimate().get().lowSeconds())
          .add(view.estimate().get().highSeconds());
    } else {
      json.putNull("estimated_wait_seconds");
    }
    json.put("refresh_after_seconds", refreshAfter(view));
    return json;
  }

  private static long refreshAfter(EntryView view) {
    long tenth = view.estimate().map(range -> range.lowSeconds() / 10).orElse(REFRESH_SECONDS);
    return Math.min(Math.max(tenth, REFRESH_SECONDS), REFRESH_AT_MOST_SECONDS);
  }

  static ObjectNode place(Place place) {
    ObjectNode json = object("place", place.id());
    json.put("plan", place.plan());
    json.put("email", place.email().map(Email::address).orElse(null));
    json.put("channel", place.channel());
    json.put("status", label(place.status()));
    json.put("held_until", time(place.heldUntilMillis()));
    json.put("waitlist_entry", place.entryId().orElse(null));
    return json;
  }

  /** A subscription; a key is in it only where it was just made. */
  static ObjectNode subscription(Subscription subscription, Optional<String> key) {
    ObjectNode json = subscriber(subscription);
    json.put("object", "subscription");
    json.put("api_key", key.orElse(null));
    return json;
  }

  static ObjectNode subscriber(Subscription subscription) {
    ObjectNode json = object("subscriber", subscription.id());
    json.put("plan", subscription.plan());
    json.put("status", label(subscription.status()));
    json.put("email", subscription.email().map(Email::address).orElse(null));
    json.put("subscribed_at", time(subscription.subscribedAtMillis()));
    json.put("changed_at", time(subscription.changedAtMillis()));
    return json;
  }

  static ObjectNode object(String kind, String id) {
    return JsonNodeFactory.instance.objectNode().put("object", kind).put("id", id);
  }

  static String label(Enum<?> status) {
    return status.name().toLowerCase(Locale.ROOT);
  }

  static String time(long epochMillis) {
    return Instant.ofEpochMilli(epochMillis).toString();
  }

  /** A time, or nothing. */
  static String time(OptionalLong epochMillis) {
    return epochMillis.isPresent() ? time(epochMillis.getAsLong()) : null;
  }
}
