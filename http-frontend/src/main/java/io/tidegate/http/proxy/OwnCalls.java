package io.tidegate.http.proxy;

import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;

/**
 * Calls of the data port that are the gate's own and go to no upstream.
 *
 * <p>Threading: safe for all; nothing here waits.
 */
public interface OwnCalls {

  /** The answer to a request outside the model's API that needs no body and no wait. */
  Optional<HttpResponse> atOnce(HttpRequest request);

  /** Whether a request is to be read and answered by {@link #answer}; by its target as sent. */
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
