package io.tidegate.loadtest.page;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * An HTML file with its styles, scripts and data inside. Its content security policy names the hash
 * of each script and style and allows nothing else, so that markup that got in would do nothing.
 *
 * <p>Not thread-safe.
 */
public final class Page {

  private final String title;
  private final String connections;
  private final StringBuilder head = new StringBuilder();
  private final StringBuilder body = new StringBuilder();
  private final List<String> styleHashes = new ArrayList<>();
  private final List<String> scriptHashes = new ArrayList<>();

  private Page(String title, String connections) {
    this.title = title;
    this.connections = connections;
  }

  /** A page that asks nobody for anything. */
  public static Page alone(String title) {
    return new Page(title, "");
  }

  /** A page whose scripts may ask the server that it came from. */
  public static Page connected(String title) {
    return new Page(title, "; connect-src 'self'");
  }

  /** Adds styles. */
  public void style(String css) {
    requireNoEnd(css, "style");
    styleHashes.add(hash(css));
    head.append("<style>").append(css).append("</style>\n");
  }

  /** Adds a script; each sees what the ones before it declare. */
  public void script(String code) {
    requireNoEnd(code, "script");
    scriptHashes.add(hash(code));
    body.append("<script>").append(code).append("</script>\n");
  }

  /** JSON for the scripts, wherever it came from: in it, markup can only be inside strings. */
  public void data(String json) {
    body.append("<script type=\"application/json\" id=\"data\">")
        .append(json.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026"))
        .append("</script>\n");
  }

  /** The whole page. */
  public String html() {
    return """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta http-equiv="Content-Security-Policy" content="%s">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <title>%s</title>
        %s</head>
        <body>
        <noscript>This page is drawn by scripts that are inside it. Please let them run.</noscript>
        <main id="page"></main>
        %s</body>
        </html>
        """
        .formatted(policy(), title, head, body);
  }

  /** The content security policy, as it stands in the page; to be sent as a header, too. */
  public String policy() {
    return "default-src 'none'; script-src %s; style-src %s"
            .formatted(String.join(" ", scriptHashes), String.join(" ", styleHashes))
        + connections;
  }

  private static void requireNoEnd(String content, String element) {
    if (content.contains("</" + element)) {
      throw new IllegalArgumentException("this would end its own " + element);
    }
  }

  private static String hash(String content) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8));
      return "'sha256-" + Base64.getEncoder().encodeToString(digest) + "'";
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
