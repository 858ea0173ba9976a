package io.tidegate.loadtest.backend.stats;

import java.util.Map;

/**
 * The head of a request as it arrived, for tests of what lies between. Its size is bounded by the
 * server's limit on headers.
 *
 * @param headers by lower-case name; the values of a repeated one joined by a comma
 * @param bodyBytes length of the body; the body itself is not kept
 */
public record LastRequest(String method, String path, Map<String, String> headers, int bodyBytes) {

  public LastRequest {
    headers = Map.copyOf(headers);
  }
}
