package io.tidegate.http.cli.operator.signup;

import com.fasterxml.jackson.databind.JsonNode;
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

  static int table(CommandSpec spec, JsonNode rows, List<String> columns) {
    PrintWriter out = spec.commandLine().getOut();
    for (String column : columns) {
      out.printf("%-28s", column);
    }
    out.println();
    for (JsonNode row : rows) {
      for (String column : columns) {
        out.printf("%-28s", row.path(column).isNull() ? "-" : row.path(column).asText());
      }
      out.println();
    }
    out.flush();
    return 0;
  }
}
