package io.tidegate.http.signup;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/**
 * What is wrong with a call, in the shape of all errors of the gate.
 *
 * @param message for people
 * @param param which field of the body
 */
record SignupError(int status, String type, String code, String message, Optional<String> param) {

  static final String INVALID = "invalid_request_error";

  static SignupError invalid(int status, String code, String message) {
    return new SignupError(status, INVALID, code, message, Optional.empty());
  }

  static SignupError field(String field, String message) {
    return new SignupError(400, INVALID, "invalid_field", message, Optional.of(field));
  }

  static SignupError unavailable(String message) {
    return new SignupError(
        503, "service_unavailable_error", "signups_unavailable", message, Optional.empty());
  }

  String json() {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.putObject("error")
        .put("message", message)
        .put("type", type)
        .put("param", param.orElse(null))
        .put("code", code);
    return root.toString();
  }
}
