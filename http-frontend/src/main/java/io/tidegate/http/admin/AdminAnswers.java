package io.tidegate.http.admin;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.StatusCodes;

/** The forms in which the admin port answers. */
final class AdminAnswers {

  private static final ObjectMapper JSON = new ObjectMapper();

  private AdminAnswers() {}

  static HttpResponse text(int code, String body) {
    return of(code).withEntity(ContentTypes.TEXT_PLAIN_UTF8, body);
  }

  /** Maps, lists and scalars as JSON. */
  static HttpResponse json(int code, Object body) {
    try {
      return rawJson(code, JSON.writeValueAsString(body) + "\n");
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("cannot be told as JSON", e);
    }
  }

  /** What is JSON already. */
  static HttpResponse rawJson(int code, String body) {
    return of(code).withEntity(ContentTypes.APPLICATION_JSON, body);
  }

  /** An error in the shape of the data port's. */
  static HttpResponse error(int code, String sentence) {
    Map<String, Object> error = new LinkedHashMap<>();
    error.put("message", sentence);
    error.put("type", "invalid_request_error");
    error.put("param", null);
    error.put("code", null);
    return json(code, Map.of("error", error));
  }

  private static HttpResponse of(int code) {
    return HttpResponse.create().withStatus(StatusCodes.lookup(code).orElseThrow());
  }
}
