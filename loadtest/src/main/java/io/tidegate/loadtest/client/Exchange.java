package io.tidegate.loadtest.client;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.HttpResponse;
import io.tidegate.loadtest.client.answer.AnswerHead;
import io.tidegate.loadtest.client.answer.ChatAnswer;
import io.tidegate.loadtest.client.answer.Chunk;
import io.tidegate.loadtest.client.answer.SseParser;
import io.tidegate.loadtest.client.answer.StreamCheck;
import io.tidegate.loadtest.record.result.Ending;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/**
 * One request on its way, from being fired to its end. Whatever ends it goes through {@link #end},
 * once.
 *
 * <p>Not thread-safe: belongs to the client's thread.
 */
@SuppressWarnings("FutureReturnValueIgnored") // A connection that is closed may close as it likes.
final class Exchange {

  private static final byte[] DONE = "[DONE]".getBytes(StandardCharsets.US_ASCII);

  private final ChatRequest request;
  private final ChatListener listener;
  private final Consumer<Exchange> gone;
  private final long intendedNanos;
  private final long firedNanos;
  private final StreamCheck check = new StreamCheck();
  private final SseParser events = new SseParser(this::event);
  private final List<Future<?>> timers = new ArrayList<>(2);
  private Optional<Channel> channel = Optional.empty();
  private long readyNanos;
  private OptionalLong connectNanos = OptionalLong.empty();
  private long sentNanos;
  private Optional<AnswerHead> head = Optional.empty();
  private OptionalLong headersNanos = OptionalLong.empty();
  private OptionalLong firstTokenNanos = OptionalLong.empty();
  private long lastTokenNanos;
  private long readNanos;
  private boolean ended;

  /**
   * @param gone hears when it has ended, before the listener does
   */
  Exchange(
      ChatRequest request,
      ChatListener listener,
      Consumer<Exchange> gone,
      long intendedNanos,
      long firedNanos) {
    this.gone = gone;
    this.request = request;
    this.listener = listener;
    this.intendedNanos = intendedNanos;
    this.firedNanos = firedNanos;
    this.readyNanos = firedNanos;
  }

  ChatRequest request() {
    return request;
  }

  long intendedNanos() {
    return intendedNanos;
  }

  boolean ended() {
    return ended;
  }

  /** Something that may end it, and must not outlive it. */
  void timer(Future<?> timer) {
    timers.add(timer);
  }

  /** A connection was made for it, or for one that was before it and needed it no more. */
  void connected(long begunNanos, long nowNanos) {
    readyNanos = Math.max(firedNanos, begunNanos);
    connectNanos = OptionalLong.of(nowNanos - readyNanos);
  }

  /** It goes over this connection now. */
  void sent(Channel over, long nowNanos) {
    channel = Optional.of(over);
    readyNanos = connectNanos.isPresent() ? readyNanos : nowNanos;
    sentNanos = nowNanos;
  }

  void head(HttpResponse response, long nowNanos) {
    if (response.status().code() / 100 == 1) {
      return;
    }
    AnswerHead answer = AnswerHead.of(response);
    head = Optional.of(answer);
    headersNanos = OptionalLong.of(nowNanos);
    listener.head(answer, sentNanos, nowNanos);
  }

  void body(ByteBuf piece, long nowNanos) {
    if (ended || !piece.isReadable() || !head.map(AnswerHead::isGood).orElse(false)) {
      return;
    }
    readNanos = nowNanos;
    if (!head.orElseThrow().eventStream()) {
      if (firstTokenNanos.isEmpty()) {
        token(nowNanos);
      }
    } else if (!events.read(piece)) {
      check.fail("event-too-large");
      end(check.ending(false), nowNanos);
    }
  }

  /** The answer came to its own end; true if the connection may be used again. */
  boolean complete(long nowNanos) {
    if (!ended && head.isPresent()) {
      finish(ending(), nowNanos, false);
      return true;
    }
    return ended;
  }

  private Ending ending() {
    AnswerHead answer = head.orElseThrow();
    if (!answer.isGood()) {
      return answer.badEnding();
    }
    if (answer.eventStream()) {
      return check.ending(true);
    }
    if (request.stream()) {
      return Ending.ko("not-a-stream");
    }
    return firstTokenNanos.isPresent() ? Ending.ok() : Ending.ko("empty-answer");
  }

  /** The connection is gone, or speaks no HTTP. */
  void broken(String what, long nowNanos) {
    if (head.isEmpty()) {
      end(Ending.ko(what), nowNanos);
    } else if (head.get().isGood()) {
      end(head.get().eventStream() ? check.ending(false) : Ending.ko(Ending.CUT), nowNanos);
    } else {
      end(head.get().badEnding(), nowNanos);
    }
  }

  /** No token has come, and patience is at its end. */
  void giveUp(long nowNanos) {
    if (firstTokenNanos.isEmpty()) {
      end(Ending.ko("left"), nowNanos);
    }
  }

  /** Leaves on purpose: not a failure, if what came so far is as it should be. */
  void cancel(long nowNanos) {
    if (!ended) {
      finish(Ending.ok(), nowNanos, true);
      channel.ifPresent(Channel::close);
    }
  }

  /** Ends it, if it has not ended; a connection that is still busy with it is closed. */
  void end(Ending ending, long nowNanos) {
    if (!ended) {
      finish(ending, nowNanos, false);
      channel.ifPresent(Channel::close);
    }
  }

  private void finish(Ending ending, long nowNanos, boolean cancelled) {
    ended = true;
    gone.accept(this);
    timers.forEach(timer -> timer.cancel(false));
    listener.ended(
        new ChatAnswer(
            intendedNanos,
            firedNanos,
            readyNanos,
            connectNanos,
            sentNanos == 0 ? nowNanos : sentNanos,
            headersNanos,
            firstTokenNanos,
            nowNanos,
            check.tokens(),
            check.finishReason(),
            head,
            ending,
            cancelled));
  }

  private void event(byte[] data, int length) {
    if (length == DONE.length && Arrays.equals(data, 0, length, DONE, 0, length)) {
      check.done();
      return;
    }
    try {
      if (check.chunk(Chunk.parse(data, length)) && !ended) {
        token(readNanos);
      }
    } catch (IOException notJson) {
      check.fail("bad-json");
    }
  }

  private void token(long nowNanos) {
    OptionalLong gap = OptionalLong.empty();
    if (firstTokenNanos.isEmpty()) {
      firstTokenNanos = OptionalLong.of(nowNanos);
    } else {
      gap = OptionalLong.of(nowNanos - lastTokenNanos);
    }
    lastTokenNanos = nowNanos;
    listener.token(gap, nowNanos);
    if (request.cancelAfterTokens().isPresent()
        && check.tokens() >= request.cancelAfterTokens().getAsInt()) {
      cancel(nowNanos);
    }
  }
}
