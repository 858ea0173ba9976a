package io.tidegate.http.proxy;

import io.tidegate.engine.admission.Outcome;
import io.tidegate.engine.admission.Permit;

/** The permit of a request that costs no seat, such as reading the list of models. */
enum SeatlessPermit implements Permit {
  INSTANCE;

  @Override
  public void firstToken(long nowNanos) {}

  @Override
  public void tokens(int count) {}

  @Override
  public void usage(long promptTokens, long completionTokens) {}

  @Override
  public void complete(Outcome outcome) {}
}
