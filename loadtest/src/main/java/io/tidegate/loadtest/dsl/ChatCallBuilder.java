package io.tidegate.loadtest.dsl;

import io.tidegate.loadtest.client.Persona;
import io.tidegate.loadtest.scenario.ChatCall;
import io.tidegate.loadtest.scenario.Check;
import io.tidegate.loadtest.scenario.Session;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.ToIntFunction;

/** A chat request in the making. Immutable: every method gives a new one. */
public final class ChatCallBuilder {

  private static final int DEFAULT_INPUT_TOKENS = 50;

  private final ChatCall call;

  private ChatCallBuilder(ChatCall call) {
    this.call = call;
  }

  static ChatCallBuilder named(String name) {
    return new ChatCallBuilder(
        new ChatCall(
            name,
            session -> session.find("tier").map(Object::toString).orElse("plus"),
            Optional.empty(),
            session -> DEFAULT_INPUT_TOKENS,
            Optional.empty(),
            false,
            OptionalInt.empty(),
            Optional.empty(),
            Persona.accepting(),
            Map.of(),
            List.of()));
  }

  /** A completion of a chat: the only kind of request there is as yet, and the default. */
  public ChatCallBuilder completion() {
    return this;
  }

  /** Whose request it is; <code>#{name}</code> stands for an attribute. */
  public ChatCallBuilder tier(String tier) {
    return with(draft -> draft.tier = session -> session.fill(tier));
  }

  /** The model asked for; <code>#{name}</code> stands for an attribute. */
  public ChatCallBuilder model(String model) {
    return with(draft -> draft.model = Optional.of(model));
  }

  /** About how many tokens the prompt is long. */
  public ChatCallBuilder inputTokens(int tokens) {
    return inputTokens(session -> tokens);
  }

  /** The same from the session. */
  public ChatCallBuilder inputTokens(ToIntFunction<Session> tokens) {
    return with(draft -> draft.inputTokens = tokens);
  }

  /** The same from an attribute. */
  public ChatCallBuilder inputTokens(String expression) {
    return inputTokens(numberOf(expression));
  }

  /** How many tokens the answer may have. */
  public ChatCallBuilder maxTokens(int tokens) {
    return maxTokens(session -> tokens);
  }

  /** The same from the session. */
  public ChatCallBuilder maxTokens(ToIntFunction<Session> tokens) {
    return with(draft -> draft.maxTokens = Optional.of(tokens));
  }

  /** The same from an attribute. */
  public ChatCallBuilder maxTokens(String expression) {
    return maxTokens(numberOf(expression));
  }

  /** Asks for the answer in events, as it is made. */
  public ChatCallBuilder stream() {
    return with(draft -> draft.stream = true);
  }

  /** Leaves on purpose after so many tokens. */
  public ChatCallBuilder cancelAfter(int tokens) {
    return with(draft -> draft.cancelAfterTokens = OptionalInt.of(tokens));
  }

  /** Leaves on purpose so long after sending. */
  public ChatCallBuilder cancelAfter(Duration time) {
    return with(draft -> draft.cancelAfter = Optional.of(time));
  }

  /** How a refusal is taken; without it, as an answer. */
  public ChatCallBuilder persona(Persona persona) {
    return with(draft -> draft.persona = persona);
  }

  /** One more header; <code>#{name}</code> in its value stands for an attribute. */
  public ChatCallBuilder header(String name, String value) {
    return with(draft -> draft.headers.put(name, value));
  }

  /** What must hold of the answer, or the request has failed. */
  public ChatCallBuilder check(Check... checks) {
    return with(draft -> draft.checks.addAll(Arrays.asList(checks)));
  }

  ChatCall build() {
    return call;
  }

  private ChatCallBuilder with(Consumer<Draft> change) {
    Draft draft = new Draft(call);
    change.accept(draft);
    return new ChatCallBuilder(draft.build());
  }

  private static ToIntFunction<Session> numberOf(String expression) {
    return session -> Integer.parseInt(session.fill(expression));
  }

  /** A call that can still be changed. */
  private static final class Draft {
    private final String name;
    private Function<Session, String> tier;
    private Optional<String> model;
    private ToIntFunction<Session> inputTokens;
    private Optional<ToIntFunction<Session>> maxTokens;
    private boolean stream;
    private OptionalInt cancelAfterTokens;
    private Optional<Duration> cancelAfter;
    private Persona persona;
    private final Map<String, String> headers;
    private final List<Check> checks;

    Draft(ChatCall call) {
      name = call.name();
      tier = call.tier();
      model = call.model();
      inputTokens = call.inputTokens();
      maxTokens = call.maxTokens();
      stream = call.stream();
      cancelAfterTokens = call.cancelAfterTokens();
      cancelAfter = call.cancelAfter();
      persona = call.persona();
      headers = new LinkedHashMap<>(call.headers());
      checks = new ArrayList<>(call.checks());
    }

    ChatCall build() {
      return new ChatCall(
          name,
          tier,
          model,
          inputTokens,
          maxTokens,
          stream,
          cancelAfterTokens,
          cancelAfter,
          persona,
          headers,
          checks);
    }
  }
}
