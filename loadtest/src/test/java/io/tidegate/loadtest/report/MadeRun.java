package io.tidegate.loadtest.report;

import io.tidegate.loadtest.assertion.AssertionResult;
import io.tidegate.loadtest.record.Recorder;
import io.tidegate.loadtest.record.RunDirectory;
import io.tidegate.loadtest.record.Sample;
import io.tidegate.loadtest.record.result.Distribution;
import io.tidegate.loadtest.record.result.Ending;
import io.tidegate.loadtest.record.result.GeneratorHealth;
import io.tidegate.loadtest.record.result.Manifest;
import io.tidegate.loadtest.record.result.RunData;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/** A run of half a minute that nobody ran, of which some is served, some refused, some failed. */
final class MadeRun {

  static final long SECOND = TimeUnit.SECONDS.toNanos(1);
  static final long MILLI = TimeUnit.MILLISECONDS.toNanos(1);
  static final int SECONDS = 30;
  static final long LENGTH = SECONDS * SECOND;

  private static final int REQUESTS = 1500;

  private MadeRun() {}

  /** With names as given, the first tier being the best. */
  static ReportedRun of(Path directory, boolean throughGate, List<String> tiers, String reason)
      throws IOException {
    Manifest manifest =
        new Manifest(
            "made-up <b>run</b>",
            "It never happened.",
            1_700_000_000_000L,
            7,
            "http://x",
            throughGate,
            List.of("loadtest", "made-up"),
            Map.of("java", "17"),
            Map.of("processors", "2"),
            2 * SECOND);
    RunDirectory files = RunDirectory.create(directory, manifest);
    Recorder recorder = new Recorder(tiers, files);
    SplittableRandom random = new SplittableRandom(throughGate ? 1 : 2);
    for (int i = 0; i < REQUESTS; i++) {
      long at = LENGTH * i / REQUESTS;
      int tier = random.nextInt(tiers.size());
      recorder.fired(tier, i % 10, at, random.nextLong(MILLI));
      recorder.token(tier, at + MILLI);
      recorder.levels(at, i / 10);
      recorder.ended(sample(random, tier, at, reason));
    }
    GeneratorHealth health =
        new GeneratorHealth(recorder.lag(), Distribution.none(), 0, 0, 0, LENGTH, 0, List.of());
    List<RunData.Mark> marks =
        List.of(
            new RunData.Mark(10 * SECOND, "load changes"),
            new RunData.Mark(11 * SECOND, "<b>half</b> lost"));
    RunData run = files.finish(recorder.finish(manifest, marks, health, false));
    return new ReportedRun(
        run, List.of(new AssertionResult("made up: this holds", "1 <i>ms</i>", true)));
  }

  static ReportedRun of(Path directory) throws IOException {
    return of(directory, true, List.of("plus", "free", "new"), "no-room");
  }

  private static Sample sample(SplittableRandom random, int tier, long at, String reason) {
    int kind = random.nextInt(10);
    Ending ending = kind < 7 ? Ending.ok() : kind < 9 ? Ending.shed(reason) : Ending.ko(Ending.CUT);
    // From 10 ms to 10 s, as many in each decade.
    long firstToken = (long) (10 * MILLI * Math.pow(1000, random.nextDouble()));
    return new Sample(
        "ask",
        tier,
        0,
        at,
        at,
        OptionalLong.empty(),
        0,
        OptionalLong.of(MILLI),
        kind < 7 ? OptionalLong.of(firstToken) : OptionalLong.empty(),
        firstToken + SECOND,
        1,
        ending);
  }
}
