package io.tidegate.loadtest.backend.http.reply;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;

/** A request that is answered with an error in OpenAI's shape. */
public final class ApiException extends Exception {

  private static final long serialVersionUID = 1;

  private final int status;
  private final String param;
  private final String code;
  private final String headerName;
  private final String headerValue;

  /**
   * @param param the field of the request that is wrong, or null
   * @param code a word for programs, or null
   * @param headerName of the one header the answer carries besides the usual, or null
   */
  private ApiException(
      int status,
      String message,
      String param,
      String code,
      String headerName,
      String headerValue) {
    // The stack tells nothing: these are answers, not bugs.
    super(message, null, false, false);
    this.status = status;
    this.param = param;
    this.code = code;
    this.headerName = headerName;
    this.headerValue = headerValue;
  }

  public static ApiException of(HttpResponseStatus status, String message) {
    return new ApiException(status.code(), message, null, null, null, null);
  }

  public static ApiException badRequest(String message) {
    return of(HttpResponseStatus.BAD_REQUEST, message);
  }

  public static ApiException badField(String param, String message) {
    return new ApiException(
        HttpResponseStatus.BAD_REQUEST.code(), message, param, null, null, null);
  }

  public static ApiException unknownModel(String model) {
    return new ApiException(
        HttpResponseStatus.NOT_FOUND.code(),
        "The model '" + model + "' does not exist.",
        "model",
        "model_not_found",
        null,
        null);
  }

  public static ApiException methodNotAllowed(String allowed) {
    return of(HttpResponseStatus.METHOD_NOT_ALLOWED, "Only " + allowed + " is allowed here.")
        .withHeader(HttpHeaderNames.ALLOW, allowed);
  }

  public ApiException withCode(String newCode) {
    return new ApiException(status, getMessage(), param, newCode, headerName, headerValue);
  }

  public ApiException withHeader(CharSequence name, String value) {
    return new ApiException(status, getMessage(), param, code, name.toString(), value);
  }

  public FullHttpResponse toResponse() {
    FullHttpResponse response = Replies.json(HttpResponseStatus.valueOf(status), toJson());
    if (headerName != null) {
      response.headers().set(headerName, headerValue);
    }
    return response;
  }

  private ObjectNode toJson() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.putObject("error")
        .put("message", getMessage())
        .put("type", type())
        .put("param", param)
        .put("code", code);
    return json;
  }

  private String type() {
    if (status == HttpResponseStatus.TOO_MANY_REQUESTS.code()) {
      return "rate_limit_error";
    }
    return status < 500 ? "invalid_request_error" : "server_error";
  }
}
