package io.tidegate.http.relay;

import io.tidegate.http.transport.ClientChannel;
import io.tidegate.http.upstream.wire.WireBody;
import java.util.ArrayList;
import java.util.List;
import org.apache.pekko.util.ByteString;

/** Both ends of a short way, without sockets: what goes over it is written down. */
final class RecordedWay implements ClientChannel, WireBody {

  /** What happened, in order. */
  final List<String> seen = new ArrayList<>();

  boolean room = true;
  ClientChannel.Listener listener;
  WireBody.Taker taker;

  @Override
  public void expectHead(int status, ClientChannel.Listener newListener) {
    listener = newListener;
    seen.add("expects " + status);
  }

  @Override
  public boolean hasRoom() {
    return room;
  }

  @Override
  public void offer(ByteString framed) {
    seen.add(framed.utf8String());
  }

  @Override
  public void forget() {
    seen.add("forgotten");
  }

  @Override
  public void hold(WireBody.Taker newTaker) {
    taker = newTaker;
    seen.add("held");
  }

  @Override
  public void flow() {
    seen.add("flows");
  }

  @Override
  public void letThrough() {
    seen.add("let through");
  }
}
