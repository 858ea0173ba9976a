package io.tidegate.http.access;

import java.util.Optional;
import org.apache.pekko.http.javadsl.model.HttpRequest;

/** Who sees each request that asks for a seat. Called by any thread, and never waits. */
@FunctionalInterface
public interface Visits {

  /** Nobody. */
  Visits UNSEEN = (request, requestId, subscriber) -> Visit.UNSEEN;

  /**
   * A request has come.
   *
   * @param subscriber who asks; empty: nobody that is known
   */
  Visit begin(HttpRequest request, String requestId, Optional<String> subscriber);

  /** Both of them see it; this one is asked for the trace. */
  default Visits and(Visits other) {
    return (request, requestId, subscriber) ->
        new SeenTwice(
            begin(request, requestId, subscriber), other.begin(request, requestId, subscriber));
  }
}
