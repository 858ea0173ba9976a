package io.tidegate.loadtest.scenario;

import io.tidegate.loadtest.client.Persona;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.function.ToIntFunction;

/**
 * A chat request as a scenario describes it.
 *
 * @param name under which it is counted
 * @param tier whose request it is
 * @param model empty: that of the protocol
 * @param inputTokens how long the prompt is, about
 * @param maxTokens how long the answer may be; empty: as long as the server likes
 * @param stream whether the answer is asked for in events
 * @param cancelAfterTokens leave on purpose after so many tokens
 * @param cancelAfter leave on purpose after so long
 * @param persona how a refusal is taken
 * @param headers more of them; values may hold <code>#{name}</code>
 * @param checks what must hold of the answer
 */
public record ChatCall(
    String name,
    Function<Session, String> tier,
    Optional<String> model,
    ToIntFunction<Session> inputTokens,
    Optional<ToIntFunction<Session>> maxTokens,
    boolean stream,
    OptionalInt cancelAfterTokens,
    Optional<Duration> cancelAfter,
    Persona persona,
    Map<String, String> headers,
    List<Check> checks) {

  public ChatCall {
    headers = Map.copyOf(headers);
    checks = List.copyOf(checks);
  }
}
