package io.tidegate.http.cli;

import io.tidegate.engine.simulation.sales.SalesBench;
import io.tidegate.engine.simulation.sales.SalesBench.Way;
import io.tidegate.engine.simulation.sales.SalesPicture;
import io.tidegate.engine.simulation.sales.SalesResult;
import io.tidegate.engine.simulation.sales.Story;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Shows in virtual time what the sign-up gate is worth. */
@Command(
    name = "signups",
    description = {
      "Sell a plan for forty days in virtual time: with the sign-up gate, without one, and with one"
          + " that looks at the load of the moment. See docs/signups.md.",
      "Ends with 1 if the gate lets more than 4 hours over the limit come, or pauses more than 3"
          + " times."
    })
final class SimulateSignupsCommand implements Callable<Integer> {

  private static final int MOST_SEEDS = 100;

  @Spec private CommandSpec spec;

  @Option(
      names = "--seeds",
      paramLabel = "N",
      defaultValue = "10",
      description = "How many seeds (default: ${DEFAULT-VALUE}).")
  private int seeds;

  @Option(
      names = "--rise-on-day",
      paramLabel = "DAY",
      description = "Let the use of each subscriber rise on another day, 0 to 40.")
  private Double riseOnDay;

  @Option(
      names = "--picture",
      paramLabel = "FILE",
      description = "Write the first seed as an SVG there.")
  private Path picture;

  @Override
  public Integer call() throws IOException {
    if (seeds < 1 || seeds > MOST_SEEDS) {
      throw wrong("--seeds: 1 to %d, not %d".formatted(MOST_SEEDS, seeds));
    }
    Story story = Story.ofFortyDays();
    if (riseOnDay != null) {
      if (!(riseOnDay >= 0 && riseOnDay <= Story.DAYS)) {
        throw wrong("--rise-on-day: 0 to %d, not %s".formatted(Story.DAYS, riseOnDay));
      }
      story = story.withRiseOnDay(riseOnDay);
    }
    PrintWriter out = spec.commandLine().getOut();
    out.println(SalesBench.heading());
    boolean met = false;
    for (Way way : Way.values()) {
      List<SalesResult> runs = SalesBench.runs(story, way, seeds);
      out.println(SalesBench.row(way.label(), runs));
      met = way == Way.LEDGER ? SalesBench.met(runs) : met;
    }
    out.printf(
        "ledger of places: at most %.0f hours over and %d pauses in every seed: %s%n",
        SalesBench.MOST_HOURS_OVER, SalesBench.MOST_PAUSES, met ? "met" : "MISSED");
    if (picture != null) {
      Files.writeString(picture, draw(story));
      out.println("The picture is in " + picture);
    }
    out.flush();
    return met ? 0 : 1;
  }

  private static String draw(Story story) {
    Map<String, SalesResult> runs = new LinkedHashMap<>();
    for (Way way : List.of(Way.NO_GATE, Way.MOMENTARY_LOAD, Way.LEDGER)) {
      runs.put(way.label(), SalesBench.run(story, way, 1));
    }
    return SalesPicture.of(runs);
  }

  private ParameterException wrong(String what) {
    return new ParameterException(spec.commandLine(), what);
  }
}
