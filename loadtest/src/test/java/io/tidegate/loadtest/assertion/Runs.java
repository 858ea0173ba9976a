package io.tidegate.loadtest.assertion;

import io.tidegate.loadtest.record.Recorder;
import io.tidegate.loadtest.record.RunDirectory;
import io.tidegate.loadtest.record.Sample;
import io.tidegate.loadtest.record.result.Distribution;
import io.tidegate.loadtest.record.result.Ending;
import io.tidegate.loadtest.record.result.GeneratorHealth;
import io.tidegate.loadtest.record.result.Manifest;
import io.tidegate.loadtest.record.result.RunData;
import io.tidegate.loadtest.record.result.RunData.Mark;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A run made by hand, request by request. */
final class Runs {

  static final long SECOND = TimeUnit.SECONDS.toNanos(1);
  static final long MILLI = TimeUnit.MILLISECONDS.toNanos(1);

  private final Manifest manifest =
      new Manifest("hand-made", "", 0, 1, "http://x", true, List.of(), Map.of(), Map.of(), 0);
  private final RunDirectory directory;
  private final Recorder recorder;
  private long lastNanos;

  Runs(Path path) throws IOException {
    directory = RunDirectory.create(path, manifest);
    recorder = new Recorder(List.of("plus", "free"), directory);
  }

  Runs ok(String request, int tier, int subscriber, long atNanos, long firstTokenNanos) {
    return add(request, tier, subscriber, atNanos, OptionalLong.of(firstTokenNanos), Ending.ok());
  }

  Runs ended(int tier, int subscriber, long atNanos, Ending ending) {
    return add("ask", tier, subscriber, atNanos, OptionalLong.empty(), ending);
  }

  Recorder recorder() {
    return recorder;
  }

  RunData finish(Long... marksNanos) throws IOException {
    GeneratorHealth health =
        new GeneratorHealth(
            recorder.lag(), Distribution.none(), 0, 0, 0, lastNanos + SECOND, 0, List.of());
    return directory.finish(
        recorder.finish(
            manifest,
            Stream.of(marksNanos).map(nanos -> new Mark(nanos, "step")).toList(),
            health,
            false));
  }

  private Runs add(
      String request,
      int tier,
      int subscriber,
      long atNanos,
      OptionalLong firstTokenNanos,
      Ending ending) {
    lastNanos = Math.max(lastNanos, atNanos);
    recorder.fired(tier, subscriber, atNanos, MILLI);
    recorder.ended(
        new Sample(
            request,
            tier,
            subscriber,
            atNanos,
            atNanos,
            OptionalLong.empty(),
            0,
            OptionalLong.empty(),
            firstTokenNanos,
            firstTokenNanos.orElse(MILLI) * 2,
            1,
            ending));
    return this;
  }
}
