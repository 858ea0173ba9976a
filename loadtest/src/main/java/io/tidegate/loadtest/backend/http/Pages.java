package io.tidegate.loadtest.backend.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.netty.buffer.ByteBufInputStream;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.tidegate.loadtest.backend.capacity.CapacityModel;
import io.tidegate.loadtest.backend.http.answer.Completions;
import io.tidegate.loadtest.backend.http.answer.Pacer;
import io.tidegate.loadtest.backend.http.reply.ApiException;
import io.tidegate.loadtest.backend.stats.BackendCounters;
import io.tidegate.loadtest.backend.stats.LastRequest;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Everything the backend answers at once: models, health, counters, and the change of its capacity.
 *
 * <p>Not thread-safe: belongs to the event loop.
 */
public final class Pages {

  private static final String MODELS = "/v1/models";

  private static final ObjectMapper JSON =
      new ObjectMapper().setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE);

  private final Pacer pacer;
  private final List<String> models;
  private final BackendCounters counters;
  private LastRequest lastRequest = new LastRequest("", "", Map.of(), 0);

  /**
   * @param models the models served; empty: any name is served
   */
  public Pages(Pacer pacer, List<String> models, BackendCounters counters) {
    this.pacer = pacer;
    this.models = models;
    this.counters = counters;
  }

  /** Keeps the head of a request to be looked at later. */
  void remember(FullHttpRequest request) {
    Map<String, String> headers = new TreeMap<>();
    for (var header : request.headers()) {
      headers.merge(
          header.getKey().toLowerCase(Locale.ROOT),
          header.getValue(),
          (first, second) -> first + ", " + second);
    }
    lastRequest =
        new LastRequest(
            request.method().name(), request.uri(), headers, request.content().readableBytes());
  }

  JsonNode answer(String path, FullHttpRequest request) throws ApiException {
    return switch (path) {
      case "/health" -> get(request, object().put("status", "ok"));
      case "/stats" -> get(request, JSON.valueToTree(counters.snapshot()));
      case "/stats/last-request" -> get(request, JSON.valueToTree(lastRequest));
      case "/capacity" -> changeCapacity(request);
      case MODELS -> get(request, modelList());
      default -> get(request, oneModel(path));
    };
  }

  private static JsonNode get(FullHttpRequest request, JsonNode page) throws ApiException {
    require(HttpMethod.GET, request.method());
    return page;
  }

  private JsonNode changeCapacity(FullHttpRequest request) throws ApiException {
    require(HttpMethod.POST, request.method());
    JsonNode seats = readSeats(request);
    if (!seats.isInt() || seats.intValue() < 1 || seats.intValue() > CapacityModel.MAX_SEATS) {
      throw ApiException.badField(
          "seats", "'seats' must be an integer of 1 to " + CapacityModel.MAX_SEATS + ".");
    }
    pacer.setSeats(seats.intValue());
    return object().put("seats", seats.intValue());
  }

  private static JsonNode readSeats(FullHttpRequest request) throws ApiException {
    try {
      return JSON.readTree((InputStream) new ByteBufInputStream(request.content())).path("seats");
    } catch (IOException malformed) {
      throw ApiException.badRequest("The body of your request is not valid JSON.");
    }
  }

  private JsonNode modelList() {
    ObjectNode list = object().put("object", "list");
    var data = list.putArray("data");
    (models.isEmpty() ? List.of(Completions.DEFAULT_MODEL) : models)
        .forEach(name -> data.add(model(name)));
    return list;
  }

  private JsonNode oneModel(String path) throws ApiException {
    if (!path.startsWith(MODELS + "/")) {
      throw ApiException.of(HttpResponseStatus.NOT_FOUND, "Unknown request URL: " + path + ".");
    }
    String name = decode(path.substring(MODELS.length() + 1));
    if (!models.isEmpty() && !models.contains(name)) {
      throw ApiException.unknownModel(name);
    }
    return model(name);
  }

  private static String decode(String escaped) throws ApiException {
    try {
      return QueryStringDecoder.decodeComponent(escaped);
    } catch (IllegalArgumentException malformed) {
      throw ApiException.badRequest("The URL is not well escaped.");
    }
  }

  private static JsonNode model(String name) {
    return object()
        .put("id", name)
        .put("object", "model")
        .put("created", 0)
        .put("owned_by", "tidegate");
  }

  private static void require(HttpMethod allowed, HttpMethod method) throws ApiException {
    if (!method.equals(allowed)) {
      throw ApiException.methodNotAllowed(allowed.name());
    }
  }

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }
}
