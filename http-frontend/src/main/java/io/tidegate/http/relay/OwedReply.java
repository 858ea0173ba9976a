package io.tidegate.http.relay;

import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.apache.pekko.http.javadsl.model.HttpEntity;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.stream.Materializer;

/**
 * A refusal that is given when its request's body has been read to its end, so that the connection
 * can be kept.
 *
 * <p>Threading: everything happens in turns of the client connection's stage.
 */
final class OwedReply {

  /** A larger body is not read; the refusal is given at once, and the connection closed. */
  private static final long MAX_DISCARDED_BYTES = 64 * 1024;

  private final Executor turn;
  private final Consumer<HttpResponse> give;

  /** Null unless one is owed. */
  private HttpResponse owed;

  /** One at a time, for one connection. */
  OwedReply(Executor turn, Consumer<HttpResponse> give) {
    this.turn = turn;
    this.give = give;
  }

  /** Whether the body of a refused request is to be read before the refusal is given. */
  static boolean isWorthReading(HttpRequest request) {
    HttpEntity body = request.entity();
    boolean small = body.getContentLengthOption().orElse(Long.MAX_VALUE) <= MAX_DISCARDED_BYTES;
    return !body.isStrict() && small && request.getHeader("expect").isEmpty();
  }

  /** Reads the body, and gives the response afterwards. */
  void afterBody(HttpRequest request, HttpResponse response, Materializer materializer) {
    owed = response;
    request
        .entity()
        .discardBytes(materializer)
        .completionStage()
        .whenComplete((done, failure) -> turn.execute(this::giveNow));
  }

  /** Gives what is owed, if anything is. */
  void giveNow() {
    HttpResponse response = owed;
    owed = null;
    if (response != null) {
      give.accept(response);
    }
  }
}
