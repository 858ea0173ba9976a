package io.tidegate.loadtest.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Text files that come with the program. */
public final class Resources {

  private Resources() {}

  /** One of this package, or with a leading slash of the whole class path. */
  static String read(String name) {
    return read(Resources.class, name);
  }

  /**
   * One beside a class.
   *
   * @throws IllegalStateException if it is missing
   */
  public static String read(Class<?> beside, String name) {
    try (InputStream in = beside.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("the program is incomplete: it lacks " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("\r\n", "\n");
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + name, e);
    }
  }
}
