package io.tidegate.http.upstream.wire;

import org.apache.pekko.http.javadsl.model.HttpMethods;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.stream.BoundedSourceQueue;
import org.apache.pekko.stream.KillSwitch;

/**
 * A wire that is a running stream: Pekko's HTTP client layer on Pekko's TCP.
 *
 * <p>Threading: safe for all.
 *
 * @param requests where it takes requests from
 * @param answers reads what comes back before Pekko does
 * @param end ends it
 */
public record StreamWire(
    BoundedSourceQueue<HttpRequest> requests, VerbatimAnswers answers, KillSwitch end)
    implements Wire {

  @Override
  public boolean offer(HttpRequest request) {
    answers.expect(request.method().equals(HttpMethods.HEAD));
    return requests.offer(request).isEnqueued();
  }

  @Override
  public void abort() {
    end.abort(new BrokenAnswer("given up"));
  }
}
