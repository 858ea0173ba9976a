package io.tidegate.engine.simulation.upstream;

import io.tidegate.engine.simulation.scenario.Capacity;
import io.tidegate.engine.simulation.scenario.ChatLengths;
import io.tidegate.engine.simulation.scenario.UpstreamKind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * A model server that batches: prompts are read by a few servers, one after the other; then all
 * running answers grow together, a token at a time.
 *
 * <p>Its knee is the number of requests beyond which it gets no more done in time: a memory-bound
 * one takes no more in, a time-bound one gets slower than the objective of 40 ms a token.
 */
public final class Upstream<W extends Work> {
  private static final double PROMPT_TOKENS_PER_SECOND = 10_000;
  private static final double PREFILL_SERVERS = 14;

  private final UpstreamKind kind;
  private final double fullKnee;
  private final double meanPrompt;
  private final double meanAnswer;
  private final Listener<W> listener;
  private final ArrayDeque<W> waiting = new ArrayDeque<>();
  private final List<W> prefilling = new ArrayList<>();
  private final List<W> running = new ArrayList<>();
  private final boolean preempts;
  private final Room room = new Room();
  private int runningSeats;
  private long thrownOut;
  private double factor = 1;

  /** Who is told what happens. */
  public interface Listener<W extends Work> {
    void firstToken(W work, long nowNanos);

    void tokens(W work, int count);

    void ended(W work, long nowNanos);
  }

  /**
   * An idle one.
   *
   * @param preempts whether it takes in what fits now, and throws out who came last when it is full
   */
  public Upstream(
      UpstreamKind kind,
      double scale,
      boolean preempts,
      ChatLengths lengths,
      Listener<W> listener) {
    this.kind = kind;
    this.preempts = preempts;
    this.meanPrompt = lengths.prompts().mean();
    this.meanAnswer = lengths.answers().mean();
    this.fullKnee = Capacity.FULL_KNEE * scale;
    this.listener = listener;
  }

  /** Answer tokens a second that it makes at its knee, with requests of mean length. */
  public double capacityTokensPerSecond() {
    return capacityRequestsPerSecond() * meanAnswer;
  }

  /** Requests of mean length a second that it answers at its knee. */
  public double capacityRequestsPerSecond() {
    double held = meanPrompt / PROMPT_TOKENS_PER_SECOND + meanAnswer * kind.tokenSeconds(1);
    return knee() / held;
  }

  double knee() {
    return fullKnee * factor;
  }

  /** Sets its capacity, relative to its full size. What runs goes on; with 0 everything stands. */
  public void resize(double factor) {
    this.factor = factor;
  }

  /**
   * Takes in a request.
   *
   * @param promptShare the part of its prompt that has to be read
   */
  public void submit(W work, double promptShare) {
    work.prefillSeconds = promptShare * work.promptTokens / PROMPT_TOKENS_PER_SECOND;
    waiting.addLast(work);
  }

  /** Lets so many seconds pass, up to now. */
  public void advance(double seconds, long nowNanos) {
    if (factor == 0) {
      return;
    }
    int servers = (int) Math.ceil(PREFILL_SERVERS * fullKnee / Capacity.FULL_KNEE * factor);
    while (!waiting.isEmpty() && prefilling.size() < servers && takesIn(waiting.peekFirst())) {
      prefilling.add(room.enter(waiting.removeFirst()));
    }
    for (int i = prefilling.size() - 1; i >= 0; i--) {
      W work = prefilling.get(i);
      work.prefillSeconds -= seconds;
      if (work.prefillSeconds <= 0) {
        remove(prefilling, i);
        begin(work, nowNanos);
      }
    }
    double tokens = seconds / kind.tokenSeconds(runningSeats / knee());
    for (int i = running.size() - 1; i >= 0; i--) {
      grow(i, tokens, nowNanos);
    }
    while (preempts && room.heldTokens() > memoryTokens() && running.size() > 1) {
      throwOut(youngest());
    }
  }

  private boolean takesIn(W next) {
    return preempts
        ? room.heldTokens() + next.heldTokens() <= memoryTokens()
        : !kind.bounded() || room.seats() < knee();
  }

  private double memoryTokens() {
    return knee() * (meanPrompt + meanAnswer);
  }

  private void begin(W work, long nowNanos) {
    runningSeats += work.seats;
    running.add(work);
    if (!work.begun) {
      work.begun = true;
      work.tokensLeft--;
      room.grow(1);
      listener.firstToken(work, nowNanos);
      listener.tokens(work, 1);
    }
  }

  private void grow(int place, double tokens, long nowNanos) {
    W work = running.get(place);
    work.tokenProgress += tokens;
    int whole = (int) Math.min(work.tokenProgress, work.tokensLeft);
    if (whole > 0) {
      work.tokenProgress -= whole;
      work.tokensLeft -= whole;
      room.grow(whole);
      listener.tokens(work, whole);
    }
    if (work.tokensLeft == 0) {
      stop(place);
      listener.ended(work, nowNanos);
    }
  }

  /** How often somebody was thrown out. */
  long thrownOut() {
    return thrownOut;
  }

  private void throwOut(int place) {
    thrownOut++;
    W work = stop(place);
    work.prefillSeconds = work.heldTokens() / PROMPT_TOKENS_PER_SECOND;
    waiting.addFirst(work);
  }

  private W stop(int place) {
    W work = running.get(place);
    remove(running, place);
    runningSeats -= work.seats;
    room.leave(work);
    return work;
  }

  private int youngest() {
    int youngest = 0;
    for (int i = 1; i < running.size(); i++) {
      if (running.get(i).order > running.get(youngest).order) {
        youngest = i;
      }
    }
    return youngest;
  }

  /** Removes without keeping the order, which means nothing here. */
  private static <T> void remove(List<T> from, int place) {
    int last = from.size() - 1;
    from.set(place, from.get(last));
    from.remove(last);
  }
}
