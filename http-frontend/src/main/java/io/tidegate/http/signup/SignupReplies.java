package io.tidegate.http.signup;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidegate.engine.signup.Email;
import io.tidegate.engine.signup.desk.Answer;
import io.tidegate.engine.signup.desk.Keyed.Shown;
import io.tidegate.engine.signup.desk.Refusal;
import java.util.Optional;

/** What a call is answered, given what the desk has said. */
final class SignupReplies {
  private SignupReplies() {}

  /** The answer to a call that sells or puts on the list. */
  static Shown shown(Answer answer) {
    if (answer instanceof Answer.Waits waits) {
      return same(202, SignupJson.entry(waits.entry()), waits.entry().entry().email());
    } else if (answer instanceof Answer.Held held) {
      return same(201, SignupJson.place(held.place()), held.place().email());
    } else if (answer instanceof Answer.Subscribed subscribed) {
      return new Shown(
          201,
          SignupJson.subscription(subscribed.subscription(), subscribed.key()).toString(),
          SignupJson.subscription(subscribed.subscription(), Optional.empty()).toString(),
          subscribed.subscription().email());
    } else if (answer instanceof Answer.GivenBack given) {
      return same(200, SignupJson.place(given.place()), given.place().email());
    } else if (answer instanceof Answer.Refused refused) {
      return refused(refused.why());
    }
    throw new IllegalStateException("no call is answered with " + answer);
  }

  /** The answer to a call that changes something that is there. */
  static Shown changed(Answer answer) {
    if (answer instanceof Answer.Waits waits) {
      return same(200, SignupJson.entry(waits.entry()), waits.entry().entry().email());
    } else if (answer instanceof Answer.Subscribed subscribed) {
      return same(
          200, SignupJson.subscriber(subscribed.subscription()), subscribed.subscription().email());
    }
    return shown(answer);
  }

  static Shown refused(Refusal why) {
    String sentence = why.sentence();
    String message = Character.toUpperCase(sentence.charAt(0)) + sentence.substring(1) + ".";
    String body = SignupError.invalid(status(why), SignupJson.label(why), message).json();
    return new Shown(status(why), body, body, Optional.empty());
  }

  private static int status(Refusal why) {
    return switch (why) {
      case UNKNOWN_ENTRY, UNKNOWN_PLACE, UNKNOWN_SUBSCRIBER, UNKNOWN_KEY, UNKNOWN_INVITE -> 404;
      case NOT_SOLD, UNKNOWN_CHANNEL -> 400;
      case INVITE_EXPIRED -> 410;
      case INVITE_USED,
          INVITE_OF_ANOTHER,
          NOT_WAITING,
          ALREADY_SUBSCRIBED,
          ALREADY_CONFIRMED,
          KEY_REUSED,
          EMAIL_TAKEN ->
          409;
    };
  }

  private static Shown same(int status, ObjectNode json, Optional<Email> person) {
    String body = json.toString();
    return new Shown(status, body, body, person);
  }
}
