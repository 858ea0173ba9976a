package io.tidegate.loadtest.record;

import io.tidegate.loadtest.record.result.Distribution;
import io.tidegate.loadtest.record.result.Ending;
import io.tidegate.loadtest.record.result.GeneratorHealth;
import io.tidegate.loadtest.record.result.Manifest;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/** Hand-made requests. */
final class Samples {

  static final long SECOND = TimeUnit.SECONDS.toNanos(1);
  static final long MILLI = TimeUnit.MILLISECONDS.toNanos(1);

  private Samples() {}

  static Sample ok(int tier, long intended, long fired, long firstToken, long whole) {
    return sample(tier, intended, fired, OptionalLong.of(firstToken), whole, Ending.ok());
  }

  static Sample ended(int tier, long intended, Ending ending) {
    return sample(tier, intended, intended, OptionalLong.empty(), MILLI, ending);
  }

  private static Sample sample(
      int tier, long intended, long fired, OptionalLong firstToken, long whole, Ending ending) {
    return new Sample(
        "ask",
        tier,
        0,
        intended,
        fired,
        OptionalLong.empty(),
        fired - intended,
        OptionalLong.of(MILLI),
        firstToken,
        whole,
        10,
        ending);
  }

  static Manifest manifest() {
    return new Manifest(
        "test",
        "a test",
        1_700_000_000_000L,
        1,
        "http://x",
        true,
        List.of(),
        Map.of(),
        Map.of(),
        0);
  }

  static GeneratorHealth healthy() {
    return new GeneratorHealth(
        Distribution.none(), Distribution.none(), 0, 0, 0, SECOND, 0, List.of());
  }
}
