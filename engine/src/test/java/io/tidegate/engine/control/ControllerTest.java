package io.tidegate.engine.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.engine.limit.LimitSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.ManualTime;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The actor turns the loop, and keeps what was learned. */
class ControllerTest {
  private final ActorTestKit kit = ActorTestKit.create(ManualTime.config());
  private final ManualTime time = ManualTime.get(kit.system());
  @TempDir Path folder;

  @AfterEach
  void shutDown() {
    kit.shutdownTestKit();
  }

  @Test
  void ticksTenTimesASecond() {
    LoopFixture fixture = new LoopFixture(new LimitSettings.Fixed(50));
    spawn(fixture, Optional.empty());
    fixture.loop.upstreamSeats(OptionalInt.of(20));

    pass(fixture, 1);

    kit.createTestProbe().awaitAssert(() -> assertThat(limitOf(fixture)).hasValue(20));
  }

  @Test
  void goesOnAfterATickThatThrows() {
    LoopFixture fixture = new LoopFixture(new LimitSettings.Fixed(50));
    fixture.torn = true;
    spawn(fixture, Optional.empty());
    pass(fixture, 3);
    fixture.torn = false;
    fixture.loop.upstreamSeats(OptionalInt.of(20));

    pass(fixture, 3);

    kit.createTestProbe().awaitAssert(() -> assertThat(limitOf(fixture)).hasValue(20));
  }

  @Test
  void keepsWhatWasLearnedNowAndThenAndWhenItStops() throws Exception {
    Path path = folder.resolve("limit.properties");
    LoopFixture fixture = new LoopFixture(LoopFixture.FROM_100);
    ActorRef<Controller.Command> controller = spawn(fixture, Optional.of(new LimitFile(path)));

    pass(fixture, 101);
    kit.createTestProbe().awaitAssert(() -> assertThat(new LimitFile(path).read()).isPresent());

    Files.delete(path);
    kit.stop(controller);
    assertThat(new LimitFile(path).read()).isPresent();
  }

  private ActorRef<Controller.Command> spawn(LoopFixture fixture, Optional<LimitFile> file) {
    return kit.spawn(
        Controller.create(fixture.loop, () -> fixture.nowNanos, fixture::nowEpochMillis, file),
        Controller.props());
  }

  private void pass(LoopFixture fixture, int ticks) {
    for (int tick = 0; tick < ticks; tick++) {
      fixture.nowNanos += ControlLoop.TICK_NANOS;
      time.timePasses(Duration.ofNanos(ControlLoop.TICK_NANOS));
    }
  }

  private static OptionalInt limitOf(LoopFixture fixture) {
    return fixture.loop.snapshot().limitSeats();
  }
}
