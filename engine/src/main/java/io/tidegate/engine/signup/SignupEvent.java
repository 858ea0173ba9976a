package io.tidegate.engine.signup;

import java.util.Objects;
import java.util.Optional;

/**
 * Something that the operator's systems are told.
 *
 * @param id unique; a listener that hears it twice knows by it
 * @param type as {@code waitlist.joined}
 * @param body JSON
 * @param person the fingerprint of whose event it is, if it is a person's
 */
public record SignupEvent(
    String id, String type, long createdAtMillis, String body, Optional<String> person) {

  public SignupEvent {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(body, "body");
    Objects.requireNonNull(person, "person");
  }
}
