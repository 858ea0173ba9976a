package io.tidegate.http.proxy;

import org.apache.pekko.http.javadsl.model.HttpResponse;

/** What becomes of a request. */
public sealed interface Decision {

  /** The gate answers itself. */
  record Answer(HttpResponse response) implements Decision {}

  /** The request goes to an upstream. */
  record Forward(Trip trip) implements Decision {}
}
