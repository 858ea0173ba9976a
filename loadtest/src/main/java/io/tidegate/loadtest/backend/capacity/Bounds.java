package io.tidegate.loadtest.backend.capacity;

/** The check of a number against its range, with a message that names all of it. */
public final class Bounds {

  private Bounds() {}

  /**
   * Returns normally when {@code low <= value <= high}.
   *
   * @throws IllegalArgumentException otherwise
   */
  public static void check(String name, long value, long low, long high) {
    if (value < low || value > high) {
      throw new IllegalArgumentException(
          name + " must be " + low + " to " + high + ", was " + value);
    }
  }
}
