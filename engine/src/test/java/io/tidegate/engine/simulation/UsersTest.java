package io.tidegate.engine.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tidegate.engine.simulation.Recorder.Asking;
import io.tidegate.engine.simulation.Recorder.Ending;
import io.tidegate.engine.simulation.result.Result;
import io.tidegate.engine.simulation.scenario.Scenario;
import io.tidegate.engine.simulation.scenario.Scenario.Manners;
import io.tidegate.engine.simulation.scenario.Trait;
import io.tidegate.engine.simulation.scenario.UpstreamKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Users ask as often, in turns as many, and come back as soon as the scenario says. */
class UsersTest {
  private static final long SEED = 1;
  private static final double NANOS = 1e9;
  private static final double STEP_SECONDS = .01;
  private static final double TOLERANCE = .07;
  private static final long RETRY_MILLIS = 5_000;
  private static final Scenario CALM =
      Scenario.alone(UpstreamKind.TIME_BOUND, "plus", .5).lasting(420, 120);

  @ParameterizedTest
  @ValueSource(doubles = {.3, .8})
  void askForAsMuchOfTheCapacityAsTheyAreToldTo(double load) {
    Scenario scenario = Scenario.alone(UpstreamKind.TIME_BOUND, "plus", load).lasting(920, 120);

    Result result = Simulation.run(scenario, SEED, Recorder.openToAll().inPlace());

    // All of it is answered in time, so what is good is what was asked for.
    assertThat(result.goodput()).isCloseTo(load, within(TOLERANCE * load));
  }

  @Test
  void askMoreFromTheSurgeOn() {
    Scenario scenario =
        CALM.withDemand(Map.of("plus", .1), Map.of("plus", .4)).withMeanTurns(1).lasting(120, 0);

    List<Asking> askings = run(scenario, Recorder.openToAll()).askings;

    long calm = askings.stream().filter(each -> seconds(each) < 60).count();
    assertThat((double) (askings.size() - calm) / calm).isBetween(3.2, 4.8);
  }

  @Test
  void holdConversationsOfGeometricLength() {
    IdentityHashMap<Conversation, Integer> turns = new IdentityHashMap<>();
    for (Asking each : run(CALM, Recorder.openToAll()).askings) {
      Conversation of = each.turn().conversation;
      // Those that began late have not come to their end.
      if (turns.containsKey(of) || seconds(each) < 150) {
        turns.merge(of, 1, Integer::sum);
      }
    }

    double mean = turns.values().stream().mapToInt(Integer::intValue).average().orElseThrow();
    double single = turns.values().stream().filter(each -> each == 1).count();
    assertThat(mean).isBetween(3.7, 4.3);
    assertThat(single / turns.size()).isBetween(.21, .29);
  }

  @Test
  void thinkForTenSecondsInTheMean() {
    Recorder recorder = run(CALM, Recorder.openToAll());
    IdentityHashMap<Conversation, Long> endings = new IdentityHashMap<>();
    IdentityHashMap<Turn, Long> asked = new IdentityHashMap<>();
    recorder.askings.forEach(each -> asked.put(each.turn(), each.nanos()));
    List<Double> thoughts = new ArrayList<>();
    List<Ending> all = recorder.endings;
    for (Ending each : all) {
      Long before = endings.put(each.turn().conversation, each.nanos());
      if (before != null && before < 300 * NANOS) {
        thoughts.add((asked.get(each.turn()) - before) / NANOS);
      }
    }

    assertThat(thoughts).hasSizeGreaterThan(1_000);
    assertThat(thoughts.stream().mapToDouble(each -> each).average().orElseThrow())
        .isBetween(9.3, 10.7);
  }

  @ParameterizedTest
  @ValueSource(doubles = {1, 2})
  void varyTheTimeBetweenConversationsAsTheyAreToldTo(double burstiness) {
    Scenario scenario = CALM.withMeanTurns(1).withBurstiness(burstiness);
    List<Asking> askings = run(scenario, Recorder.openToAll()).askings;
    List<Double> gaps = new ArrayList<>();
    for (int each = 1; each < askings.size(); each++) {
      gaps.add(
          (askings.get(each).turn().bornNanos - askings.get(each - 1).turn().bornNanos) / NANOS);
    }

    double mean = gaps.stream().mapToDouble(each -> each).average().orElseThrow();
    double square = gaps.stream().mapToDouble(each -> each * each).average().orElseThrow();
    assertThat(Math.sqrt(square - mean * mean) / mean).isCloseTo(burstiness, within(.1));
  }

  @Test
  void comeBackWhenTheyAreToldToForHalfAMinute() {
    Map<Turn, List<Double>> tries = tries(CALM.withManners(Manners.PATIENT));

    tries.forEach(
        (turn, at) -> {
          assertThat(gaps(at)).allMatch(gap -> Math.abs(gap - 5) <= STEP_SECONDS);
          assertThat(at).hasSizeBetween(7, 8);
        });
  }

  @Test
  void goAtTheFirstRefusalIfThatIsTheirManner() {
    assertThat(tries(CALM.withManners(Manners.LEAVING)).values()).allMatch(at -> at.size() == 1);
  }

  @Test
  void comeBackEachSecondIfTheyStormWhateverTheyAreTold() {
    Map<Boolean, Integer> seen = new HashMap<>();
    tries(CALM.withManners(Manners.STORMING))
        .forEach(
            (turn, at) -> {
              boolean storms = turn.conversation.subscriberIndex % 2 == 0;
              double wait = storms ? 1 : 5;
              assertThat(gaps(at)).allMatch(gap -> Math.abs(gap - wait) <= STEP_SECONDS);
              seen.merge(storms, 1, Integer::sum);
            });

    assertThat(seen.get(true) / (double) seen.get(false)).isBetween(.8, 1.25);
  }

  @Test
  void askTenTimesAsMuchIfTheyAreHeavy() {
    Scenario scenario = CALM.withMeanTurns(1).withHeavyShare(.05);
    List<Asking> askings = run(scenario, Recorder.openToAll()).askings;
    long heavy =
        askings.stream()
            .filter(each -> each.turn().conversation.subscriberIndex < Users.SUBSCRIBERS / 20)
            .count();

    double each = heavy / (Users.SUBSCRIBERS * .05);
    double other = (askings.size() - heavy) / (Users.SUBSCRIBERS * .95);
    assertThat(each / other).isBetween(9.0, 11.0);
  }

  @Test
  void getAnswersFourTimesAsLongIfTheyAreWordyAndAskForNoMoreInAll() {
    Scenario scenario = CALM.withTrait(Trait.WORDY).lasting(920, 120);
    Recorder recorder = Recorder.openToAll();

    Result result = Simulation.run(scenario, SEED, recorder.inPlace());

    assertThat(meanAnswer(recorder, true) / meanAnswer(recorder, false)).isBetween(3.7, 4.3);
    assertThat(result.goodput()).isCloseTo(.5, within(TOLERANCE * .5));
  }

  private static double meanAnswer(Recorder recorder, boolean wordy) {
    return recorder.askings.stream()
        .filter(each -> (each.turn().conversation.subscriberIndex % 5 == 0) == wordy)
        .mapToInt(each -> each.turn().answerTokens())
        .average()
        .orElseThrow();
  }

  /** When each turn of the first minutes asked, while everybody is refused. */
  private static Map<Turn, List<Double>> tries(Scenario scenario) {
    Map<Turn, List<Double>> tries = new LinkedHashMap<>();
    for (Asking each : run(scenario, Recorder.refusing(RETRY_MILLIS)).askings) {
      if (each.turn().bornNanos < TimeUnit.SECONDS.toNanos(300)) {
        tries.computeIfAbsent(each.turn(), turn -> new ArrayList<>()).add(seconds(each));
      }
    }
    assertThat(tries).hasSizeGreaterThan(1_000);
    return tries;
  }

  private static Recorder run(Scenario scenario, Recorder recorder) {
    Simulation.run(scenario, SEED, recorder.inPlace());
    return recorder;
  }

  private static List<Double> gaps(List<Double> times) {
    List<Double> gaps = new ArrayList<>();
    for (int each = 1; each < times.size(); each++) {
      gaps.add(times.get(each) - times.get(each - 1));
    }
    return gaps;
  }

  private static double seconds(Asking asking) {
    return asking.nanos() / NANOS;
  }
}
