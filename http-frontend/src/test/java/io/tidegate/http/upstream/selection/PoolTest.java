package io.tidegate.http.upstream.selection;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.engine.admission.Outcome;
import io.tidegate.http.config.upstream.UpstreamConfig;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Which upstream takes a request. */
class PoolTest {

  private static final long NOW = 77;
  private static final long SECOND = 1_000_000_000L;
  private static final Wanted ANY = new Wanted("", 1);

  private final long seed = Long.getLong("seed", 5);
  private final Random random = new Random(seed);
  private final Member a = member("a", config -> config);
  private final Member b = member("b", config -> config);
  private final Member c = member("c", config -> config.withWeight(2));
  private final Pool pool = new Pool(List.of(a, b, c), random::nextDouble);

  @Test
  void spreadsRequestsByWeight() {
    take(pool, ANY, 400);
    assertThat(a.inflight()).as("seed " + seed).isBetween(85, 115);
    assertThat(b.inflight()).isBetween(85, 115);
    assertThat(c.inflight()).isBetween(180, 220);
  }

  @Test
  void prefersTheLessBusyOfTwo() {
    Pool two = new Pool(List.of(a, b), random::nextDouble);
    for (int i = 0; i < 100; i++) {
      take(two, ANY, 1);
      assertThat(Math.abs(a.inflight() - b.inflight())).isLessThanOrEqualTo(1);
    }
  }

  @Test
  void sendsAModelOnlyToThoseThatServeIt() {
    Member small = member("s", config -> config.withModels(List.of("gpt-*-mini", "o1")));
    Member large = member("l", config -> config.withModels(List.of("gpt-*")));
    Pool both = new Pool(List.of(small, large), random::nextDouble);
    take(both, new Wanted("o1", 1), 5);
    take(both, new Wanted("gpt-5", 1), 7);
    assertThat(small.inflight()).isEqualTo(5);
    assertThat(large.inflight()).isEqualTo(7);
    assertThat(both.outlook(new Wanted("claude", 1), NOW)).isEqualTo(Outlook.NoModel.INSTANCE);
    assertThat(both.take(new Wanted("claude", 1), NOW)).isEmpty();
    assertThat(both.take(ANY, NOW)).isPresent();
  }

  @Test
  void fillsNoUpstreamBeyondItsSeats() {
    Member four = member("four", config -> config.withMaxSeats(4));
    Member five = member("five", config -> config.withMaxSeats(5));
    Pool both = new Pool(List.of(four, five), random::nextDouble);
    List<Place> places = take(both, ANY, 9);
    assertThat(four.seats()).isEqualTo(4);
    assertThat(five.seats()).isEqualTo(5);
    assertThat(both.take(ANY, NOW)).isEmpty();
    assertThat(both.outlook(ANY, NOW)).isEqualTo(Outlook.Full.INSTANCE);
    assertThat(both.take(new Wanted("", 0), NOW)).as("a read").isPresent();
    places.get(0).leave(Outcome.SERVED, NOW);
    places.get(0).leave(Outcome.SERVED, NOW);
    assertThat(both.take(ANY, NOW)).isPresent();
    assertThat(both.take(ANY, NOW)).isEmpty();
  }

  @Test
  void aRequestThatOneHasFailedIsTakenByAnotherOneHoweverFull() {
    Member full = member("full", config -> config.withMaxSeats(1));
    Pool both = new Pool(List.of(a, full), random::nextDouble);
    assertThat(both.takeAgain(ANY, List.of(a), NOW)).isPresent();
    assertThat(both.takeAgain(ANY, List.of(a), NOW)).isPresent();
    assertThat(both.takeAgain(ANY, List.of(a, full), NOW)).isEmpty();
  }

  @Test
  void leavesOutWhoeverIsDownOrBackingOffAndSaysWhenThatEnds() {
    a.standing().unreachable("gone");
    b.standing().backOff(Duration.ofSeconds(9), NOW);
    take(pool, ANY, 20);
    assertThat(c.inflight()).isEqualTo(20);
    c.standing().backOff(Duration.ofSeconds(30), NOW);
    assertThat(pool.take(ANY, NOW)).isEmpty();
    assertThat(pool.outlook(ANY, NOW)).isEqualTo(new Outlook.Down(2 * SECOND));
    a.standing().reached();
    a.standing().backOff(Duration.ofSeconds(20), NOW);
    assertThat(pool.outlook(ANY, NOW)).isEqualTo(new Outlook.Down(9 * SECOND));
    assertThat(pool.outlook(ANY, NOW + 9 * SECOND)).isEqualTo(Outlook.Ready.INSTANCE);
  }

  @Test
  void ejectedOnesAreTheLastResort() {
    eject(a);
    eject(b);
    take(pool, ANY, 10);
    assertThat(c.inflight()).isEqualTo(10);
    eject(c);
    assertThat(pool.take(ANY, NOW)).isPresent();
  }

  @Test
  void oneThatReturnsIsNotOverrun() {
    a.standing().unreachable("gone");
    take(pool, ANY, 300);
    a.standing().reached();
    List<Place> there = new ArrayList<>();
    int answered = 0;
    for (int i = 0; i < 300; i++) {
      Place place = pool.take(ANY, NOW).orElseThrow();
      if (place.member() == a) {
        there.add(place);
      }
      assertThat(there.size() - answered).as("unanswered").isLessThanOrEqualTo(1 + answered);
      if (i % 10 == 9 && answered < there.size()) {
        there.get(answered++).answered(200, Optional.empty(), NOW);
      }
    }
    assertThat(answered).isGreaterThan(10);
  }

  @Test
  void learnsFromStatusAndOutcome() {
    Place refused = taken(a);
    refused.answered(429, Optional.of(Duration.ofSeconds(3)), NOW);
    refused.leave(Outcome.UPSTREAM_BUSY, NOW);
    assertThat(a.standing().backOffNanos(NOW)).isEqualTo(3 * SECOND);
    for (int i = 0; i < 5; i++) {
      taken(b).leave(Outcome.UPSTREAM_DIED, NOW);
      taken(c).leave(Outcome.CLIENT_GONE, NOW);
    }
    assertThat(b.standing().ejections()).isEqualTo(1);
    assertThat(c.standing().ejections()).isZero();
  }

  private Place taken(Member only) {
    return new Pool(List.of(only), random::nextDouble).take(ANY, NOW).orElseThrow();
  }

  private static void eject(Member member) {
    for (int i = 0; i < 5; i++) {
      member.standing().failed(NOW);
    }
  }

  private static List<Place> take(Pool from, Wanted wanted, int count) {
    List<Place> places = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      places.add(from.take(wanted, NOW).orElseThrow());
    }
    return places;
  }

  private static Member member(String name, UnaryOperator<UpstreamConfig> change) {
    return new Member(change.apply(UpstreamConfig.of(name, URI.create("http://" + name))));
  }
}
