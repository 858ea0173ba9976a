package io.tidegate.http.cli.operator.signup;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidegate.http.cli.operator.AdminOptions;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Keys in the store of a running gate. */
@Command(name = "keys", description = "Add, list and revoke keys in the store of a running gate.")
public final class KeysCommand implements Runnable {
  private static final String PATH = "/admin/v1/keys";

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "one of add, list, revoke is needed");
  }

  @Command(name = "add", description = "Make a key; it is shown once.")
  int add(
      @Mixin AdminOptions admin,
      @Option(names = "--service", description = "For the sign-up service, which sells.")
          boolean service,
      @Option(names = "--label", defaultValue = "", paramLabel = "TEXT") String label,
      @Parameters(arity = "0..1", paramLabel = "SUBSCRIBER") String subscriber)
      throws IOException, InterruptedException {
    if (service == (subscriber != null)) {
      throw new ParameterException(spec.commandLine(), "give a SUBSCRIBER, or --service");
    }
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    if (service) {
      body.put("for", "service");
    } else {
      body.put("subscriber", subscriber);
    }
    if (!label.isBlank()) {
      body.put("label", label);
    }
    return Printed.one(spec, admin.send("POST", PATH, body.toString()));
  }

  @Command(name = "list", description = "List the keys, without what they are.")
  int list(@Mixin AdminOptions admin) throws IOException, InterruptedException {
    return Printed.table(
        spec,
        admin,
        PATH,
        "keys",
        List.of("id", "subscriber", "for", "label", "created_at", "revoked_at"));
  }

  @Command(name = "revoke", description = "End a key at once; what runs with it goes on.")
  int revoke(@Mixin AdminOptions admin, @Parameters(paramLabel = "ID") String id)
      throws IOException, InterruptedException {
    return Printed.one(spec, admin.send("DELETE", PATH + "/" + Segment.of(id), ""));
  }
}
