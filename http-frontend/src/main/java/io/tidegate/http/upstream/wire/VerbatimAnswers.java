package io.tidegate.http.upstream.wire;

import io.tidegate.http.transport.framing.AnswerFramer;
import io.tidegate.http.transport.framing.VerbatimHead;
import java.io.ByteArrayOutputStream;
import org.apache.pekko.stream.Attributes;
import org.apache.pekko.stream.FlowShape;
import org.apache.pekko.stream.Inlet;
import org.apache.pekko.stream.Outlet;
import org.apache.pekko.stream.TLSProtocol.SessionBytes;
import org.apache.pekko.stream.TLSProtocol.SslTlsInbound;
import org.apache.pekko.stream.stage.AbstractInHandler;
import org.apache.pekko.stream.stage.AbstractOutHandler;
import org.apache.pekko.stream.stage.GraphStage;
import org.apache.pekko.stream.stage.GraphStageLogic;
import org.apache.pekko.util.ByteString;

/**
 * Stands below Pekko's HTTP client on one connection: writes the heads of answers as {@link
 * VerbatimHead} does, and fails the connection at what is no answer, or none that was asked for.
 *
 * <p>Threading: {@link #expect} is for all, before the request leaves.
 */
public final class VerbatimAnswers extends GraphStage<FlowShape<SslTlsInbound, SslTlsInbound>> {

  private static final int MAX_HEAD_BYTES = 64 * 1024;

  /** What has been asked and not begun to be answered. */
  private enum Expected {
    NOTHING,
    ANSWER,
    /** One without a body. */
    ANSWER_TO_HEAD
  }

  private final Inlet<SslTlsInbound> in = Inlet.create("VerbatimAnswers.in");
  private final Outlet<SslTlsInbound> out = Outlet.create("VerbatimAnswers.out");
  private final FlowShape<SslTlsInbound, SslTlsInbound> shape = FlowShape.of(in, out);

  private volatile Expected expected = Expected.NOTHING;

  /** A request is about to leave; to a {@code HEAD} comes an answer without a body. */
  void expect(boolean toHead) {
    expected = toHead ? Expected.ANSWER_TO_HEAD : Expected.ANSWER;
  }

  @Override
  public FlowShape<SslTlsInbound, SslTlsInbound> shape() {
    return shape;
  }

  @Override
  public GraphStageLogic createLogic(Attributes attributes) {
    return new Logic();
  }

  private final class Logic extends GraphStageLogic {

    private final AnswerFramer framer = new AnswerFramer(MAX_HEAD_BYTES);

    /** What has come of a head that is not whole; null within a body. */
    private ByteArrayOutputStream head = new ByteArrayOutputStream();

    private boolean answering;

    /** Why nothing more can be read; null as long as that is not so. */
    private BrokenAnswer broken;

    Logic() {
      super(shape);
      setHandler(
          in,
          new AbstractInHandler() {
            @Override
            public void onPush() {
              SslTlsInbound inbound = grab(in);
              if (!(inbound instanceof SessionBytes plain)) {
                push(out, inbound);
                return;
              }
              ByteString written = written(plain.bytes());
              if (written.isEmpty()) {
                more();
              } else {
                push(out, new SessionBytes(plain.session(), written));
              }
            }
          });
      setHandler(
          out,
          new AbstractOutHandler() {
            @Override
            public void onPull() {
              more();
            }
          });
    }

    /** What was good in front of a fault has gone its way by now. */
    private void more() {
      if (broken == null) {
        pull(in);
      } else {
        failStage(broken);
      }
    }

    private ByteString written(ByteString bytes) {
      byte[] from = bytes.toArrayUnsafe();
      ByteArrayOutputStream to = new ByteArrayOutputStream(from.length);
      try {
        for (int at = 0; at < from.length; ) {
          if (!answering) {
            begin();
          }
          at = scan(from, at, to);
        }
      } catch (BrokenAnswer reason) {
        broken = reason;
      }
      return ByteString.fromArrayUnsafe(to.toByteArray());
    }

    private void begin() throws BrokenAnswer {
      Expected asked = expected;
      if (asked == Expected.NOTHING) {
        throw new BrokenAnswer("the upstream sends what nobody asked for");
      }
      expected = Expected.NOTHING;
      answering = true;
      head = new ByteArrayOutputStream();
      framer.begin(asked == Expected.ANSWER_TO_HEAD);
    }

    private int scan(byte[] from, int at, ByteArrayOutputStream to) throws BrokenAnswer {
      int next = framer.scan(from, at, from.length);
      AnswerFramer.Part part = framer.part();
      if (part == AnswerFramer.Part.BROKEN) {
        throw new BrokenAnswer("what the upstream sends is no answer");
      }
      (head == null ? to : head).write(from, at, next - at);
      if (part == AnswerFramer.Part.HEAD) {
        to.writeBytes(
            VerbatimHead.of(ByteString.fromArrayUnsafe(head.toByteArray()), head.size())
                .toArrayUnsafe());
        head = null;
        framer.scan(from, next, next); // the answer may have ended with its head
        part = framer.part();
      }
      if (part == AnswerFramer.Part.END) {
        answering = false;
      }
      return next;
    }
  }
}
