package io.tidegate.http.relay;

import io.tidegate.http.transport.ClientChannel;
import io.tidegate.http.transport.framing.Chunk;
import io.tidegate.http.upstream.wire.WireBody;
import org.apache.pekko.util.ByteString;

/**
 * The short way of a body from its wire into the client's socket, past both streams: each read is
 * framed and queued in the loop's own turn. It is taken once the client's socket has the head of
 * the answer; nothing is read from the upstream while the client's queue is full.
 *
 * <p>Threading: for the thread of the loop that wire and socket share.
 */
final class DirectWay implements ClientChannel.Listener, WireBody.Taker {

  private final ClientChannel channel;
  private final WireBody body;
  private final AnswerNotes notes;
  private final AnswerBody.Progress progress;
  private boolean ended;

  DirectWay(ClientChannel channel, WireBody body, AnswerNotes notes, AnswerBody.Progress progress) {
    this.channel = channel;
    this.body = body;
    this.notes = notes;
    this.progress = progress;
  }

  /** Waits for the head, which has not been handed down yet. */
  void begin(int status) {
    body.hold(this);
    channel.expectHead(status, this);
  }

  @Override
  public void headPassed() {
    body.flow();
  }

  @Override
  public void headMissed() {
    body.letThrough();
  }

  @Override
  public void roomMade() {
    body.flow();
  }

  @Override
  public boolean takes(ByteString bytes) {
    if (ended) {
      return false;
    }
    if (!channel.hasRoom()) {
      progress.handedDown();
      return false;
    }
    notes.add(bytes);
    channel.offer(Chunk.of(bytes));
    progress.waitsForUpstream();
    return true;
  }

  /** Whatever goes down now comes through the stream. A second call changes nothing. */
  void end() {
    if (!ended) {
      ended = true;
      channel.forget();
    }
  }
}
