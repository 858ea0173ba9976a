package io.tidegate.http.proxy;

import java.net.InetSocketAddress;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;

/**
 * Calls of the data port that are the gate's own and go to no upstream.
 *
 * <p>Threading: safe for all; nothing here waits.
 */
public interface OwnCalls {

  /** There are none. */
  OwnCalls NONE =
      new OwnCalls() {
        @Override
        public boolean takes(String target) {
          return false;
        }

        @Override
        public CompletionStage<HttpResponse> answer(
            HttpRequest whole, String target, InetSocketAddress client, String requestId) {
          throw new IllegalStateException("nothing was taken");
        }
      };

  /** Whether a request is one of them, by its path and query as sent. */
  boolean takes(String target);

  /**
   * Answers it.
   *
   * @param whole the request with its body
   * @return a stage that does not fail
   */
  CompletionStage<HttpResponse> answer(
      HttpRequest whole, String target, InetSocketAddress client, String requestId);
}
