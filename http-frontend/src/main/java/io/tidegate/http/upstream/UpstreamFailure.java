package io.tidegate.http.upstream;

import io.tidegate.engine.admission.Outcome;

/** Why an upstream gave no answer, or not a whole one. Carries no stack trace: it is no bug. */
public final class UpstreamFailure extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final Outcome outcome;

  /** A failure that a request's permit is completed with. */
  public UpstreamFailure(Outcome outcome, Throwable cause) {
    super(outcome.label(), cause, false, false);
    this.outcome = outcome;
  }

  /** What the request's permit is completed with. */
  public Outcome outcome() {
    return outcome;
  }
}
