package io.tidegate.http.cli.operator.signup;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidegate.http.cli.operator.AdminOptions;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/** Rows of JSON objects as a table, or one as it is. */
final class Printed {

  private Printed() {}

  static int one(CommandSpec spec, JsonNode object) {
    PrintWriter out = spec.commandLine().getOut();
    out.println(object.toPrettyString());
    out.flush();
    return 0;
  }

  /**
   * All of a list, asked for page by page.
   *
   * @param name of the rows in the answer
   */
  static int table(
      CommandSpec spec, AdminOptions admin, String path, String name, List<String> columns)
      throws IOException, InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    JsonNode page = admin.send("GET", path, "");
    for (String column : columns) {
      out.printf("%-28s", column);
    }
    out.println();
    rows(out, page.path(name), columns);
    // Whoever reads has seen enough when an error is met, as of a pipe into `head`.
    while (page.path("more").asBoolean() && !out.checkError()) {
      page = admin.send("GET", path + "?after=" + Segment.of(page.path("next").asText()), "");
      rows(out, page.path(name), columns);
    }
    out.flush();
    return 0;
  }

  private static void rows(PrintWriter out, JsonNode rows, List<String> columns) {
    for (JsonNode row : rows) {
      for (String column : columns) {
        out.printf("%-28s", row.path(column).isNull() ? "-" : row.path(column).asText());
      }
      out.println();
    }
  }
}
