package io.tidegate.loadtest.record.result;

/** What became of a request. */
public enum Outcome {
  /** It was answered whole. */
  OK,
  /** It was refused, in words, and not begun. */
  SHED,
  /** It failed: no connection, an error, an answer that was cut or is not what was asked for. */
  KO
}
