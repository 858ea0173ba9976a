package io.tidegate.http.signup.page;

/** Writes HTML in which no text can become markup. */
final class Html {
  private final StringBuilder html = new StringBuilder();

  /** Markup of ours. */
  Html raw(String markup) {
    html.append(markup);
    return this;
  }

  /** Anybody's text, in an element or in a quoted attribute. */
  Html text(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '&' -> html.append("&amp;");
        case '<' -> html.append("&lt;");
        case '>' -> html.append("&gt;");
        case '"' -> html.append("&quot;");
        case '\'' -> html.append("&#39;");
        default -> html.append(c < ' ' && c != '\n' ? ' ' : c);
      }
    }
    return this;
  }

  /** A row of a list of names and values; {@code value} writes the value. */
  Html row(String name, Runnable value) {
    raw("<div><dt>").text(name).raw("</dt><dd>");
    value.run();
    return raw("</dd></div>\n");
  }

  @Override
  public String toString() {
    return html.toString();
  }
}
