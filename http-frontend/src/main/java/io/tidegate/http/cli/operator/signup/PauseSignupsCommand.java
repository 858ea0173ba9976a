package io.tidegate.http.cli.operator.signup;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidegate.http.cli.operator.AdminOptions;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Tells a running gate to sell no plan, or not one of them, to people who never had it. */
@Command(
    name = "pause-signups",
    description = {
      "Sell nothing to people who never subscribed, now or from an announced time on.",
      "Renewals, changes of plan, people who come back and whoever was invited are not affected."
    })
public final class PauseSignupsCommand implements Callable<Integer> {

  @Mixin private AdminOptions admin;
  @Mixin private SignupOptions signups;

  @Option(
      names = "--until",
      paramLabel = "TIME",
      description = "When it goes on, in the same forms; without it, when it is resumed.")
  private String until;

  @Override
  public Integer call() throws IOException, InterruptedException {
    ObjectNode body = signups.body();
    signups.putTime(body, "until", until);
    signups.print(admin.post("/admin/v1/signups/pause", body.toString()));
    return 0;
  }
}
