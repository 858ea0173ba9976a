package io.tidegate.http;

import java.util.Optional;

/** Which build of the gate this is. */
final class Version {

  private Version() {}

  /** The version in the jar's manifest, or {@code dev} where it does not run from a jar. */
  static String current() {
    return Optional.ofNullable(Version.class.getPackage().getImplementationVersion()).orElse("dev");
  }
}
