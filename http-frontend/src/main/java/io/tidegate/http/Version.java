package io.tidegate.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/**
 * Which build of the gate this is.
 *
 * @param version the project's version
 * @param commit the first digits of the commit it was built from, or {@code unknown}
 */
public record Version(String version, String commit) {

  /** The build that runs now. */
  public static Version current() {
    Properties built = new Properties();
    try (InputStream file = Version.class.getResourceAsStream("version.properties")) {
      built.load(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    String commit = built.getProperty("commit");
    // Built from an archive without a history, the place-holder is still there.
    return new Version(built.getProperty("version"), commit.startsWith("${") ? "unknown" : commit);
  }

  @Override
  public String toString() {
    return version + " (" + commit + ")";
  }
}
