package io.tidegate.http.cli.operator.signup;

import io.tidegate.http.cli.operator.AdminOptions;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Tells a running gate to sell again. */
@Command(
    name = "resume-signups",
    description = {
      "Sell again to everybody, now or at an announced time.",
      "What load had closed stays open until the ledger of places would open it too."
    })
public final class ResumeSignupsCommand implements Callable<Integer> {

  @Mixin private AdminOptions admin;
  @Mixin private SignupOptions signups;

  @Override
  public Integer call() throws IOException, InterruptedException {
    signups.print(admin.post("/admin/v1/signups/resume", signups.body().toString()));
    return 0;
  }
}
