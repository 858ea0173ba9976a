package io.tidegate.loadtest.backend.http.answer;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.tidegate.loadtest.backend.capacity.AnswerLengths;
import io.tidegate.loadtest.backend.capacity.Generation;
import io.tidegate.loadtest.backend.capacity.Plan;
import io.tidegate.loadtest.backend.capacity.TokenReader;
import io.tidegate.loadtest.backend.http.asked.ChatRequest;
import io.tidegate.loadtest.backend.http.asked.Fault;
import io.tidegate.loadtest.backend.http.asked.Fault.BreakOff;
import io.tidegate.loadtest.backend.http.asked.Fault.Instead;
import io.tidegate.loadtest.backend.http.asked.Fault.Status;
import io.tidegate.loadtest.backend.http.asked.FaultScript;
import io.tidegate.loadtest.backend.http.reply.ApiException;
import io.tidegate.loadtest.backend.stats.BackendCounters;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Turns a request for a completion into work for the batch, or into the fault that its script asks
 * for.
 *
 * <p>Not thread-safe: belongs to the event loop.
 */
public final class Completions {

  static final String REQUEST_ID_HEADER = "x-request-id";

  /** Answered for when a request names no model. */
  public static final String DEFAULT_MODEL = "simulated-chat";

  /** An answer that is not streamed is built in memory, so that its text has a limit. */
  private static final long MAX_WHOLE_ANSWER_BYTES = 64 << 20;

  private static final byte[] GARBAGE =
      "\u0000\u0001\u0002 this is not HTTP \r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  private final Pacer pacer;
  private final AnswerLengths lengths;
  private final List<String> models;
  private final SplittableRandom random;
  private final BackendCounters counters;

  /**
   * @param models the models served; empty: any name is served
   */
  public Completions(
      Pacer pacer,
      AnswerLengths lengths,
      List<String> models,
      long seed,
      BackendCounters counters) {
    this.pacer = pacer;
    this.lengths = lengths;
    this.models = models;
    this.random = new SplittableRandom(seed);
    this.counters = counters;
  }

  /** Begins an answer; empty when a fault has taken its place already. */
  public Optional<Generation> begin(Wire wire, FullHttpRequest request) throws ApiException {
    counters.request();
    FaultScript script = FaultScript.parse(request.headers().getAll(FaultScript.HEADER));
    Fault fault = script.fault().orElse(null);
    if (fault instanceof Status status) {
      throw scripted(status);
    }
    if (fault == Instead.RESET) {
      wire.reset();
      return Optional.empty();
    }
    if (fault == Instead.GARBAGE) {
      wire.writeRaw(Unpooled.wrappedBuffer(GARBAGE));
      wire.closeWhenWritten();
      return Optional.empty();
    }
    return Optional.of(enterBatch(wire, request, script));
  }

  private Generation enterBatch(Wire wire, FullHttpRequest request, FaultScript script)
      throws ApiException {
    ChatRequest chat = ChatRequest.parse(request.content());
    Completion completion = completion(chat, script);
    Plan plan =
        new Plan(
            completion.promptTokens(),
            completion.outputTokens(),
            script.firstTokenNanos(),
            script.tokenNanos());
    TokenReader reader;
    if (script.fault().filter(Instead.HANG::equals).isPresent()) {
      reader = HungAnswer.INSTANCE;
    } else if (chat.stream()) {
      requireChunks(request);
      reader = new StreamedAnswer(wire, completion);
    } else {
      requireFitsMemory(completion);
      reader = new WholeAnswer(wire, completion);
    }
    return pacer.offer(plan, reader).orElseThrow(Completions::overloaded);
  }

  private Completion completion(ChatRequest chat, FaultScript script) throws ApiException {
    String model = chat.model().orElse(models.isEmpty() ? DEFAULT_MODEL : models.get(0));
    if (!models.isEmpty() && !models.contains(model)) {
      throw ApiException.unknownModel(model);
    }
    // Drawn even when scripted, so that a script does not change the answers of other requests.
    int sampledTokens = lengths.sample(random);
    String id = "chatcmpl-" + HexFormat.of().toHexDigits(random.nextLong());
    int wantedTokens = script.outputTokens().orElse(sampledTokens);
    int maxTokens = chat.maxTokens().orElse(Integer.MAX_VALUE);
    Optional<BreakOff> breakOff =
        script.fault().filter(BreakOff.class::isInstance).map(BreakOff.class::cast);
    return new Completion(
        id,
        System.currentTimeMillis() / 1000,
        model,
        chat.promptTokens(),
        breakOff.map(BreakOff::afterTokens).orElse(Math.min(wantedTokens, maxTokens)),
        wantedTokens > maxTokens ? "length" : "stop",
        script.tokenBytes(),
        chat.includeUsage(),
        breakOff);
  }

  /** A stream has no length, and only HTTP/1.1 can say where it ends. */
  private static void requireChunks(FullHttpRequest request) throws ApiException {
    if (!request.protocolVersion().equals(HttpVersion.HTTP_1_1)) {
      throw ApiException.of(
          HttpResponseStatus.HTTP_VERSION_NOT_SUPPORTED, "Streams need HTTP/1.1.");
    }
  }

  private static void requireFitsMemory(Completion completion) throws ApiException {
    if ((long) completion.outputTokens() * completion.tokenBytes() > MAX_WHOLE_ANSWER_BYTES) {
      throw ApiException.badRequest("An answer of that size must be streamed.");
    }
  }

  private static ApiException scripted(Status status) {
    ApiException error =
        ApiException.of(HttpResponseStatus.valueOf(status.code()), "A scripted error.")
            .withCode("scripted");
    return status.retryAfterSeconds().isEmpty()
        ? error
        : error.withHeader(
            HttpHeaderNames.RETRY_AFTER, Integer.toString(status.retryAfterSeconds().getAsInt()));
  }

  private static ApiException overloaded() {
    return ApiException.of(
            HttpResponseStatus.SERVICE_UNAVAILABLE, "The server is overloaded, try again later.")
        .withCode("overloaded");
  }
}
