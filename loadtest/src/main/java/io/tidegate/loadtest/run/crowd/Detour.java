package io.tidegate.loadtest.run.crowd;

import io.tidegate.loadtest.client.ChatClient;
import io.tidegate.loadtest.client.ChatListener;
import io.tidegate.loadtest.client.ChatRequest;
import io.tidegate.loadtest.client.answer.AnswerHead;
import io.tidegate.loadtest.client.answer.ChatAnswer;
import io.tidegate.loadtest.record.PairedLatencies;
import io.tidegate.loadtest.record.PairedLatencies.Times;
import io.tidegate.loadtest.record.result.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The way around the target: each request is sent that way too, at the same moment, so that what
 * the target adds shows in one run. Which of the two goes first changes from pair to pair.
 *
 * <p>Not thread-safe: belongs to the client's thread.
 */
public final class Detour {

  private static final String AUTHORIZATION = "authorization";

  private final ChatClient client;
  private final Optional<String> key;
  private final PairedLatencies latencies;
  private boolean detourFirst;

  /**
   * @param client of the server behind the target, on the thread of the target's own client
   * @param key that this server wants; the target's keys are never sent to it
   */
  public Detour(ChatClient client, Optional<String> key, PairedLatencies latencies) {
    this.client = client;
    this.key = key;
    this.latencies = latencies;
  }

  /** Sends both. */
  void sendBoth(ChatClient through, ChatRequest request, long dueNanos, ChatListener listener) {
    Pair pair = new Pair();
    ChatListener listened = new Listened(listener, pair);
    detourFirst = !detourFirst;
    if (detourFirst) {
      client.send(around(request), dueNanos, pair::direct);
      through.send(request, dueNanos, listened);
    } else {
      through.send(request, dueNanos, listened);
      client.send(around(request), dueNanos, pair::direct);
    }
  }

  private ChatRequest around(ChatRequest request) {
    List<Map.Entry<String, String>> headers = new ArrayList<>(request.headers());
    headers.removeIf(header -> header.getKey().equals(AUTHORIZATION));
    key.ifPresent(known -> headers.add(Map.entry(AUTHORIZATION, "Bearer " + known)));
    return new ChatRequest(
        request.path(),
        headers,
        request.body(),
        request.stream(),
        request.cancelAfterTokens(),
        request.cancelAfterNanos(),
        request.patienceNanos());
  }

  private static Optional<Times> times(ChatAnswer answer) {
    if (answer.ending().outcome() != Outcome.OK || answer.firstTokenNanos().isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Times(
            answer.firstTokenNanos().getAsLong() - answer.sentNanos(),
            answer.endNanos() - answer.sentNanos()));
  }

  /** Two answers to the same request; whichever comes last books them. */
  private final class Pair {
    private Optional<Times> through = Optional.empty();
    private Optional<Times> direct = Optional.empty();

    void through(ChatAnswer answer) {
      through = times(answer);
      book();
    }

    void direct(ChatAnswer answer) {
      direct = times(answer);
      book();
    }

    private void book() {
      if (through.isPresent() && direct.isPresent()) {
        latencies.pair(through.get(), direct.get());
      }
    }
  }

  /** Tells the pair of the end, and whoever listened before of all. */
  private record Listened(ChatListener listener, Pair pair) implements ChatListener {
    @Override
    public void head(AnswerHead head, long sentNanos, long nowNanos) {
      listener.head(head, sentNanos, nowNanos);
    }

    @Override
    public void token(OptionalLong gapNanos, long nowNanos) {
      listener.token(gapNanos, nowNanos);
    }

    @Override
    public void ended(ChatAnswer answer) {
      pair.through(answer);
      listener.ended(answer);
    }
  }
}
