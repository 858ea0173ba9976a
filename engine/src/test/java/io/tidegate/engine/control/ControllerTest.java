package io.tidegate.engine.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.engine.limit.LimitSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.BehaviorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.ManualTime;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
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
  void everyCommandIsHandled() {
    LoopFixture fixture = new LoopFixture(new LimitSettings.Fixed(50));
    BehaviorTestKit<Controller.Command> controller =
        BehaviorTestKit.create(
            Controller.create(
                fixture.loop, fixture.clock::get, fixture::nowEpochMillis, Optional.empty()));

    assertThat(Controller.Command.class.getPermittedSubclasses())
        .allSatisfy(
            command -> {
              controller.run((Controller.Command) command.getEnumConstants()[0]);
              assertThat(Behavior.isUnhandled(controller.returnedBehavior())).isFalse();
            });
  }

  @Test
  void ticksTenTimesASecond() {
    LoopFixture fixture = new LoopFixture(new LimitSettings.Fixed(50));
    spawn(fixture, Optional.empty());
    fixture.loop.upstreamSeats(OptionalInt.of(20));

    passUntil(fixture, 1, () -> assertThat(limitOf(fixture)).hasValue(20));
  }

  @Test
  void goesOnAfterATickThatThrows() {
    LoopFixture fixture = new LoopFixture(new LimitSettings.Fixed(50));
    fixture.torn = true;
    spawn(fixture, Optional.empty());
    passUntil(fixture, 1, () -> assertThat(fixture.looks.get()).isPositive());
    fixture.torn = false;
    fixture.loop.upstreamSeats(OptionalInt.of(20));

    passUntil(fixture, 1, () -> assertThat(limitOf(fixture)).hasValue(20));
  }

  @Test
  void keepsWhatWasLearnedNowAndThenAndWhenItStops() throws Exception {
    Path path = folder.resolve("limit.properties");
    LoopFixture fixture = new LoopFixture(LoopFixture.FROM_100);
    ActorRef<Controller.Command> controller = spawn(fixture, Optional.of(new LimitFile(path)));

    passUntil(fixture, 100, () -> assertThat(new LimitFile(path).read()).isPresent());

    Files.delete(path);
    kit.stop(controller);
    assertThat(new LimitFile(path).read()).isPresent();
  }

  private ActorRef<Controller.Command> spawn(LoopFixture fixture, Optional<LimitFile> file) {
    return kit.spawn(
        Controller.create(fixture.loop, fixture.clock::get, fixture::nowEpochMillis, file),
        Controller.props());
  }

  /** The actor starts its timers at a moment of its own, so time passes again and again. */
  private void passUntil(LoopFixture fixture, int ticks, Runnable assertion) {
    kit.createTestProbe()
        .awaitAssert(
            () -> {
              fixture.clock.addAndGet(ticks * ControlLoop.TICK_NANOS);
              time.timePasses(Duration.ofNanos(ticks * ControlLoop.TICK_NANOS));
              assertion.run();
              return null;
            });
  }

  private static OptionalInt limitOf(LoopFixture fixture) {
    return fixture.loop.snapshot().limitSeats();
  }
}
