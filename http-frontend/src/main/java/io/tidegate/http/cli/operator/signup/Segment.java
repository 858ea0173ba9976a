package io.tidegate.http.cli.operator.signup;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** A name as a segment of a path. */
final class Segment {

  private Segment() {}

  static String of(String name) {
    return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
