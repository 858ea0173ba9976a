package io.tidegate.http.upstream.selection;

/**
 * What a request wants of an upstream.
 *
 * @param model the model it names; empty text if it names none, then any upstream will do
 * @param seats what it costs; 0 for a read
 */
public record Wanted(String model, int seats) {

  public Wanted {
    if (seats < 0) {
      throw new IllegalArgumentException("seats: " + seats + " is negative");
    }
  }
}
