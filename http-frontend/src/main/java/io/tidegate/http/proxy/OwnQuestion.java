package io.tidegate.http.proxy;

import io.tidegate.engine.admission.Admission;
import io.tidegate.http.reply.ErrorCase;
import io.tidegate.http.reply.Replies;
import java.net.InetSocketAddress;
import org.apache.pekko.http.javadsl.model.HttpRequest;

/** One of the gate's own calls, whose body is being read. */
record OwnQuestion(
    OwnCalls own, HttpRequest request, InetSocketAddress client, String id, Replies replies)
    implements Decision.Question {

  @Override
  public Decision read(HttpRequest whole) {
    String target = RequestTarget.of(request).raw();
    return new Decision.Later(own.answer(whole, target, client, id));
  }

  @Override
  public Decision decided(Admission admission) {
    throw new IllegalStateException("nobody waits for a seat here");
  }

  @Override
  public Decision.Answer spoiled(ErrorCase error) {
    return new Decision.Answer(replies.error(error, id));
  }

  @Override
  public Decision.Answer drained() {
    return new Decision.Answer(replies.error(ErrorCase.DRAINING, id));
  }

  @Override
  public void left() {}
}
