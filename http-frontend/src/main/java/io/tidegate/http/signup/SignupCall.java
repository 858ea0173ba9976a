package io.tidegate.http.signup;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidegate.engine.signup.Email;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.Iterator;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * The body of a call: JSON whose fields are known, and no others.
 *
 * <p>Threading: immutable.
 */
final class SignupCall {

  /** The body is not what the call takes. */
  static final class Wrong extends Exception {
    private static final long serialVersionUID = 1L;
    private final transient SignupError error;

    Wrong(SignupError error) {
      super(error.message());
      this.error = error;
    }

    SignupError error() {
      return error;
    }
  }

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MAX_TEXT = 255;

  private final JsonNode fields;

  private SignupCall(JsonNode fields) {
    this.fields = fields;
  }

  /**
   * Reads a body; an empty one has no fields.
   *
   * @throws Wrong if it is no object, or has a field that the call does not know
   */
  static SignupCall of(String body, Set<String> known) throws Wrong {
    JsonNode root = parse(body.isBlank() ? "{}" : body);
    if (!(root instanceof ObjectNode)) {
      throw new Wrong(SignupError.invalid(400, "invalid_json", "The body is not a JSON object."));
    }
    for (Iterator<String> names = root.fieldNames(); names.hasNext(); ) {
      String name = names.next();
      if (!known.contains(name)) {
        String shown = name.length() > 40 ? name.substring(0, 40) + "..." : name;
        throw new Wrong(
            SignupError.field(shown, "This call has no such field; it has %s.".formatted(known)));
      }
    }
    return new SignupCall(root);
  }

  private static JsonNode parse(String body) throws Wrong {
    try {
      return JSON.readTree(body);
    } catch (JsonProcessingException e) {
      throw new Wrong(SignupError.invalid(400, "invalid_json", "The body is not valid JSON."));
    }
  }

  String text(String name) throws Wrong {
    return optionalText(name)
        .orElseThrow(() -> new Wrong(SignupError.field(name, "`%s` is missing.".formatted(name))));
  }

  Optional<String> optionalText(String name) throws Wrong {
    JsonNode value = fields.path(name);
    if (value.isMissingNode() || value.isNull()) {
      return Optional.empty();
    }
    if (!value.isTextual() || value.textValue().isBlank()) {
      throw new Wrong(SignupError.field(name, "`%s` must be a text.".formatted(name)));
    }
    // An e-mail has its own, clearer bound.
    if (value.textValue().length() > MAX_TEXT && !name.equals("email")) {
      throw new Wrong(
          SignupError.field(name, "`%s` has at most %d characters.".formatted(name, MAX_TEXT)));
    }
    return Optional.of(value.textValue());
  }

  Email email() throws Wrong {
    return email(text("email"));
  }

  Optional<Email> optionalEmail() throws Wrong {
    Optional<String> given = optionalText("email");
    return given.isPresent() ? Optional.of(email(given.get())) : Optional.empty();
  }

  private static Email email(String text) throws Wrong {
    try {
      return new Email(text.strip());
    } catch (IllegalArgumentException e) {
      throw new Wrong(SignupError.field("email", "`email`: " + e.getMessage() + "."));
    }
  }

  /** A time as ISO 8601 with its offset. */
  OptionalLong time(String name) throws Wrong {
    Optional<String> given = optionalText(name);
    if (given.isEmpty()) {
      return OptionalLong.empty();
    }
    try {
      return OptionalLong.of(OffsetDateTime.parse(given.get()).toInstant().toEpochMilli());
    } catch (DateTimeException | ArithmeticException e) {
      throw new Wrong(
          SignupError.field(name, "`%s` is no time, like 2026-11-24T10:00:00Z.".formatted(name)));
    }
  }
}
