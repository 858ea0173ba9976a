package io.tidegate.loadtest.run.crowd;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidegate.loadtest.client.ChatRequest;
import io.tidegate.loadtest.scenario.ChatCall;
import io.tidegate.loadtest.scenario.ChatProtocol;
import io.tidegate.loadtest.scenario.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Turns a call of a scenario into a request. Prompts are made of one short word, repeated: four
 * letters a token, as is usual for English.
 */
final class RequestWriter {

  static final String PATH = "/v1/chat/completions";

  private static final String TOKEN = "say ";

  private final ChatProtocol protocol;
  private final long seed;

  RequestWriter(ChatProtocol protocol, long seed) {
    this.protocol = protocol;
    this.seed = seed;
  }

  ChatRequest write(ChatCall call, Session session, Optional<String> key) {
    List<Map.Entry<String, String>> headers = new ArrayList<>();
    key.ifPresent(known -> headers.add(Map.entry("authorization", "Bearer " + known)));
    headers.add(Map.entry("x-session-id", "loadtest-" + seed + "-" + session.userNumber()));
    call.headers().forEach((name, value) -> headers.add(Map.entry(name, session.fill(value))));
    return new ChatRequest(
        PATH,
        headers,
        body(call, session),
        call.stream(),
        call.cancelAfterTokens(),
        call.cancelAfter().map(after -> OptionalLong.of(after.toNanos())).orElse(none()),
        call.persona().patienceNanos());
  }

  private String body(ChatCall call, Session session) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("model", call.model().map(session::fill).orElse(protocol.model()));
    body.putArray("messages")
        .addObject()
        .put("role", "user")
        .put("content", TOKEN.repeat(Math.max(1, call.inputTokens().applyAsInt(session))));
    call.maxTokens().ifPresent(max -> body.put("max_tokens", max.applyAsInt(session)));
    if (call.stream()) {
      body.put("stream", true);
    }
    return body.toString();
  }

  private static OptionalLong none() {
    return OptionalLong.empty();
  }
}
