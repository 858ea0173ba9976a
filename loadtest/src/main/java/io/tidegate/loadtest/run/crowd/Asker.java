package io.tidegate.loadtest.run.crowd;

import io.tidegate.loadtest.client.ChatClient;
import io.tidegate.loadtest.client.ChatListener;
import io.tidegate.loadtest.client.ChatRequest;
import io.tidegate.loadtest.client.Nanos;
import io.tidegate.loadtest.client.answer.AnswerHead;
import io.tidegate.loadtest.client.answer.ChatAnswer;
import io.tidegate.loadtest.record.Recorder;
import io.tidegate.loadtest.record.Sample;
import io.tidegate.loadtest.record.result.Ending;
import io.tidegate.loadtest.record.result.Outcome;
import io.tidegate.loadtest.run.pacing.Pacer;
import io.tidegate.loadtest.scenario.ChatCall;
import io.tidegate.loadtest.scenario.ChatProtocol;
import io.tidegate.loadtest.scenario.Check;
import io.tidegate.loadtest.scenario.Session;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * Asks on behalf of virtual users: sends, records, and tries again as their persona would.
 *
 * <p>Not thread-safe: belongs to the client's thread.
 */
public final class Asker {

  private static final String SUBSCRIBER = "subscriber";

  private final ChatClient client;
  private final Optional<Detour> detour;
  private final Pacer pacer;
  private final Recorder recorder;
  private final Executor thread;
  private final ChatProtocol protocol;
  private final RequestWriter writer;
  private final long startNanos;

  /** Hears how a call ended, all tries included. */
  interface Done {
    void call(long endNanos, boolean served);
  }

  /**
   * @param detour sends each request around the target too, where that is wished for
   */
  public Asker(
      ChatClient client,
      Optional<Detour> detour,
      Pacer pacer,
      Recorder recorder,
      Executor thread,
      ChatProtocol protocol,
      long seed,
      long startNanos) {
    this.client = client;
    this.detour = detour;
    this.pacer = pacer;
    this.recorder = recorder;
    this.thread = thread;
    this.protocol = protocol;
    this.writer = new RequestWriter(protocol, seed);
    this.startNanos = startNanos;
  }

  /**
   * The index of the tier that a call is made for.
   *
   * @throws IllegalStateException if the protocol knows no such tier
   */
  int tierOf(ChatCall call, Session session) {
    String name = call.tier().apply(session);
    int tier = protocol.tiers().indexOf(name);
    if (tier < 0) {
      throw new IllegalStateException(
          "request `%s`: tier `%s` is none of %s".formatted(call.name(), name, protocol.tiers()));
    }
    return tier;
  }

  /**
   * Makes a call. Its end is told in a turn of its own, not from within the client's.
   *
   * @param name under which it is counted
   * @param dueNanos when it is meant to be sent
   */
  void ask(ChatCall call, String name, Session session, long dueNanos, Done done) {
    new Attempt(call, name, session, tierOf(call, session), dueNanos, 1, done).send();
  }

  private int subscriberOf(Session session, int keys) {
    long number =
        session
            .find(SUBSCRIBER)
            .map(known -> Long.parseLong(known.toString()))
            .orElse(session.userNumber());
    return (int) (keys == 0 ? number : number % keys);
  }

  /** One try of a call. */
  private final class Attempt implements ChatListener {
    private final ChatCall call;
    private final String name;
    private final Session session;
    private final int tier;
    private final long dueNanos;
    private final int number;
    private final Done done;
    private final int subscriber;

    Attempt(
        ChatCall call,
        String name,
        Session session,
        int tier,
        long dueNanos,
        int number,
        Done done) {
      this.call = call;
      this.name = name;
      this.session = session;
      this.tier = tier;
      this.dueNanos = dueNanos;
      this.number = number;
      this.done = done;
      this.subscriber = subscriberOf(session, keys().size());
    }

    void send() {
      Optional<String> key =
          keys().isEmpty() ? Optional.empty() : Optional.of(keys().get(subscriber));
      ChatRequest request = writer.write(call, session, key);
      long nowNanos = Nanos.now();
      recorder.fired(tier, subscriber, nowNanos - startNanos, nowNanos - dueNanos);
      detour.ifPresentOrElse(
          way -> way.sendBoth(client, request, dueNanos, this),
          () -> client.send(request, dueNanos, this));
    }

    private List<String> keys() {
      return protocol.keys().getOrDefault(protocol.tiers().get(tier), List.of());
    }

    @Override
    public void head(AnswerHead head, long sentNanos, long nowNanos) {
      if (head.admitted() || head.refusedForWantOfRoom()) {
        recorder.decided(
            head.admitted(),
            tier,
            head.serviceClass().orElse(""),
            decidedNotBefore(head, sentNanos) - startNanos,
            nowNanos - startNanos);
      }
    }

    /** A refusal at the end of a wait was decided no sooner than that. */
    private static long decidedNotBefore(AnswerHead head, long sentNanos) {
      return head.admitted()
          ? sentNanos
          : sentNanos + TimeUnit.MILLISECONDS.toNanos(head.queuedMillis());
    }

    @Override
    public void token(OptionalLong gapNanos, long nowNanos) {
      recorder.token(tier, nowNanos - startNanos);
      gapNanos.ifPresent(gap -> recorder.tokenGap(name, tier, gap));
    }

    @Override
    public void ended(ChatAnswer answer) {
      Ending ending = checked(answer);
      recorder.ended(sample(answer, ending));
      OptionalLong delay = call.persona().retryDelayNanos(answer, number);
      if (ending.outcome() != Outcome.OK && delay.isPresent()) {
        long again = answer.endNanos() + delay.getAsLong();
        Attempt next = new Attempt(call, name, session, tier, again, number + 1, done);
        pacer.at(again, time -> next.send());
      } else {
        boolean served = ending.outcome() == Outcome.OK;
        thread.execute(() -> done.call(answer.endNanos(), served));
      }
    }

    private Ending checked(ChatAnswer answer) {
      if (answer.ending().outcome() == Outcome.KO) {
        return answer.ending();
      }
      return call.checks().stream()
          .filter(check -> !check.condition().holds(answer))
          .map(Check::name)
          .findFirst()
          .map(check -> Ending.ko("check-" + check))
          .orElse(answer.ending());
    }

    private Sample sample(ChatAnswer answer, Ending ending) {
      long intended = answer.intendedNanos();
      return new Sample(
          name,
          tier,
          subscriber,
          intended - startNanos,
          answer.firedNanos() - startNanos,
          answer.connectNanos(),
          answer.readyNanos() - intended,
          since(answer.headersNanos(), answer.sentNanos()),
          since(answer.firstTokenNanos(), intended),
          answer.endNanos() - intended,
          answer.tokens(),
          ending);
    }

    private static OptionalLong since(OptionalLong nanos, long begin) {
      return nanos.isPresent() ? OptionalLong.of(nanos.getAsLong() - begin) : OptionalLong.empty();
    }
  }
}
