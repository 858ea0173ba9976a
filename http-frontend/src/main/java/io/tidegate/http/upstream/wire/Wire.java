package io.tidegate.http.upstream.wire;

import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;

/** What carries requests to an upstream and answers back, one at a time, until it is closed. */
public interface Wire {

  /** Whom a wire works for. The calls come from a thread of the wire's. */
  interface User {
    /** The head of an answer has come. Its entity may still be on the way, and may fail. */
    void answered(HttpResponse response);

    /** The wire is closed, for the reason given, or in good order if that is null. */
    void closed(Throwable reason);
  }

  /** Sends a request; false if the wire is closed or still has one. */
  boolean offer(HttpRequest request);

  /** Closes the wire at once, whatever is on it. From any thread. */
  void abort();
}
