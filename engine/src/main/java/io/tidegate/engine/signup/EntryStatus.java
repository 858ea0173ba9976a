package io.tidegate.engine.signup;

/** What has become of an entry of the wait-list. */
public enum EntryStatus {
  /** It has a place in the line. */
  WAITING,
  /** Its turn has come; it holds until the end of its claim window. */
  INVITED,
  /** Its invite was used. */
  CONVERTED,
  /** Its invite was not used in time. */
  EXPIRED,
  /** Whoever held it gave it up. */
  LEFT
}
