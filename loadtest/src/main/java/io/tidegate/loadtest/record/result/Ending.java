package io.tidegate.loadtest.record.result;

/**
 * How a request ended.
 *
 * @param outcome which of the three
 * @param reason in a word or two: of a refusal the one its sender gave, of a failure what went
 *     wrong; empty for {@link Outcome#OK}
 */
public record Ending(Outcome outcome, String reason) {

  /** An answer that began and did not end as it should. */
  public static final String CUT = "cut";

  private static final Ending OK = new Ending(Outcome.OK, "");
  private static final int MAX_REASON = 60;

  public Ending {
    if (reason.length() > MAX_REASON) {
      reason = reason.substring(0, MAX_REASON);
    }
  }

  public static Ending ok() {
    return OK;
  }

  public static Ending shed(String reason) {
    return new Ending(Outcome.SHED, reason);
  }

  public static Ending ko(String reason) {
    return new Ending(Outcome.KO, reason);
  }
}
