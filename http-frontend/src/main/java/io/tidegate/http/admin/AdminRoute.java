package io.tidegate.http.admin;

import org.apache.pekko.http.javadsl.model.HttpResponse;

/**
 * One call of the admin port.
 *
 * @param method such as {@code GET}
 * @param path as OpenAPI writes it: {@code {name}} at its end stands for any one segment
 * @param needs who may call it
 */
record AdminRoute(String method, String path, Needs needs, Handler handler) {

  /** Who may call. */
  enum Needs {
    /** Whoever reaches the port. */
    NOTHING,
    /** Whoever is no web page of somebody else's. */
    OWN_PAGE,
    /** Who may change something. */
    OPERATOR
  }

  private static final String NAME = "{name}";

  /** Answers a request. Runs on a thread that may block. */
  interface Handler {
    HttpResponse answer(Request request);
  }

  /**
   * What a handler is given.
   *
   * @param name what stands in the path for {@code {name}}; empty text if nothing does
   * @param after behind what a list is to begin, as the query says; empty text: with its first
   */
  record Request(String name, String after, String body) {}

  static AdminRoute read(String path, Handler handler) {
    return new AdminRoute("GET", path, Needs.NOTHING, handler);
  }

  static AdminRoute change(String method, String path, Handler handler) {
    return new AdminRoute(method, path, Needs.OPERATOR, handler);
  }

  /** Whether a request's path is this one's. */
  boolean isAt(String requested) {
    return path.endsWith(NAME)
        ? requested.startsWith(prefix())
            && requested.length() > prefix().length()
            && requested.indexOf('/', prefix().length()) < 0
        : requested.equals(path);
  }

  /** The name in a path of this route's. */
  String nameIn(String requested) {
    return path.endsWith(NAME) ? requested.substring(prefix().length()) : "";
  }

  private String prefix() {
    return path.substring(0, path.length() - NAME.length());
  }
}
