package io.tidegate.engine.quota;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.engine.Sequences;
import io.tidegate.engine.admission.AdmissionRequest;
import io.tidegate.engine.admission.Feature;
import io.tidegate.engine.admission.RefusalReason;
import io.tidegate.engine.quota.account.Account;
import io.tidegate.engine.tier.Subscriber;
import io.tidegate.engine.tier.Tier;
import io.tidegate.engine.tier.TierTable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * Under any sequence of requests, refunds, ends, passing time and sweeps: what is held is what was
 * taken and not given back, no bound is passed, a rate lets through what a bucket lets through, a
 * check changes nothing and says what a take then does, and a refund leaves no trace.
 *
 * <p>Shown red by hand: {@code Holding.giveBack} that forgets the tokens; {@code Quotas.take} that
 * returns without giving back what it has; {@code Account.forget} that looks at no bucket; {@code
 * Account.begin} that lets one more in; {@code Rate.after} that begins at the old time of an
 * overfull bucket.
 */
class QuotaSequencesTest {
  private static final Tier PLUS = TierTable.defaults().best();
  private static final int PARALLEL = 3;
  private static final int PER_MINUTE = 7;
  private static final long TOKENS_PER_MINUTE = 1_000;
  private static final int LIMIT = 20;
  private static final int SHARE_SEATS = 4;
  private static final Feature VISION =
      new Feature(
          "vision",
          0,
          Set.of(),
          2,
          OptionalDouble.of(SHARE_SEATS / (double) LIMIT),
          Optional.of(new Feature.Quota(4, Duration.ofMinutes(5))));

  private sealed interface Step {
    record Ask(int subscriber, boolean vision, int tokens) implements Step {}

    record GiveBack(int holding) implements Step {}

    record Finish(int holding, int tokens) implements Step {}

    record Pass(int millis) implements Step {}
  }

  @Test
  void balanceAfterAnySequence() {
    Sequences.of(2_000, 80).check(QuotaSequencesTest::step, steps -> new World().run(steps));
  }

  private static Step step(Random random) {
    return switch (random.nextInt(6)) {
      case 0, 1, 2 -> new Step.Ask(random.nextInt(3), random.nextInt(3) == 0, random.nextInt(400));
      case 3 -> new Step.GiveBack(random.nextInt(6));
      case 4 -> new Step.Finish(random.nextInt(6), random.nextInt(600));
      default -> new Step.Pass(random.nextInt(20_000));
    };
  }

  /** A bucket as one would fill it with water: what is in it now, and when that was. */
  private static final class Water {
    private final double capacity;
    private final double perNano;
    private double level;
    private long at;

    Water(double capacity, Duration window, long now) {
      this.capacity = capacity;
      this.perNano = capacity / window.toNanos();
      this.level = capacity;
      this.at = now;
    }

    double level(long now) {
      level = Math.min(capacity, level + (now - at) * perNano);
      at = now;
      return level;
    }

    void take(double amount, long now) {
      level(now);
      level -= amount;
    }
  }

  private static final class Books {
    final Water requests;
    final Water tokens;
    final Water uses;
    int parallel;

    Books(long now) {
      requests = new Water(PER_MINUTE, Duration.ofMinutes(1), now);
      tokens = new Water(TOKENS_PER_MINUTE, Duration.ofMinutes(1), now);
      uses = new Water(4, Duration.ofMinutes(5), now);
    }
  }

  private record Held(Holding holding, int subscriber, boolean vision, int tokens) {}

  private static final class World {
    private long now = TimeUnit.DAYS.toNanos(-1);
    private final Quotas quotas = quotas();
    private final List<Books> books = List.of(new Books(now), new Books(now), new Books(now));
    private final List<Held> held = new ArrayList<>();

    void run(List<Step> steps) {
      for (Step step : steps) {
        if (step instanceof Step.Ask ask) {
          ask(ask);
        } else if (step instanceof Step.GiveBack back && back.holding < held.size()) {
          giveBack(held.remove(back.holding));
        } else if (step instanceof Step.Finish finish && finish.holding < held.size()) {
          finish(held.remove(finish.holding), finish.tokens);
        } else if (step instanceof Step.Pass pass) {
          now += TimeUnit.MILLISECONDS.toNanos(pass.millis);
          quotas.sweep(0, 1, now);
        }
        compare();
      }
      while (!held.isEmpty()) {
        giveBack(held.remove(0));
      }
      compare();
      now += Duration.ofDays(1).toNanos();
      quotas.sweep(0, 100, now);
      quotas.sweep(0, 100, now);
      assertThat(quotas.subscribers()).isZero();
    }

    private void ask(Step.Ask ask) {
      AdmissionRequest request =
          AdmissionRequest.of(new Subscriber("subscriber-" + ask.subscriber, PLUS))
              .withTokens(ask.tokens, OptionalInt.of(0));
      if (ask.vision) {
        request = request.withFeatures(List.of(VISION));
      }
      long checked = quotas.check(request, PLUS, LIMIT, now);
      Holding holding = new Holding();
      long taken = quotas.take(holding, request, PLUS, LIMIT, now);
      assertThat(taken == Denial.NONE).isEqualTo(checked == Denial.NONE);
      Books mine = books.get(ask.subscriber);
      if (taken == Denial.NONE) {
        assertThat(mine.requests.level(now)).isGreaterThan(1 - 1e-6);
        assertThat(mine.tokens.level(now)).isGreaterThan(ask.tokens - 1e-3);
        mine.requests.take(1, now);
        mine.tokens.take(ask.tokens, now);
        mine.parallel++;
        if (ask.vision) {
          assertThat(mine.uses.level(now)).isGreaterThan(1 - 1e-6);
          mine.uses.take(1, now);
        }
        held.add(new Held(holding, ask.subscriber, ask.vision, ask.tokens));
      } else {
        assertJust(Denial.reason(checked), mine, ask);
      }
    }

    /** A denial names something that really stands against the request. */
    private void assertJust(RefusalReason reason, Books mine, Step.Ask ask) {
      switch (reason) {
        case OVER_PARALLEL -> assertThat(mine.parallel).isEqualTo(PARALLEL);
        case OVER_RATE ->
            assertThat(
                    mine.requests.level(now) < 1 + 1e-6
                        || mine.tokens.level(now) < ask.tokens + 1e-3)
                .isTrue();
        case OVER_FEATURE -> assertThat(mine.uses.level(now)).isLessThan(1 + 1e-6);
        case FEATURE_FULL -> assertThat(quotas.featureSeats(VISION)).isGreaterThan(SHARE_SEATS - 2);
        default -> throw new AssertionError(reason);
      }
    }

    private void giveBack(Held back) {
      back.holding.giveBack(now);
      Books of = books.get(back.subscriber);
      of.parallel--;
      of.requests.take(-1, now);
      of.tokens.take(-back.tokens, now);
      if (back.vision) {
        of.uses.take(-1, now);
      }
    }

    private void finish(Held done, int tokens) {
      done.holding.finish(tokens, 0, now);
      Books of = books.get(done.subscriber);
      of.parallel--;
      of.tokens.take(tokens - done.tokens, now);
    }

    private void compare() {
      long vision = held.stream().filter(Held::vision).count() * VISION.seats();
      assertThat(quotas.featureSeats(VISION)).isEqualTo(vision).isLessThanOrEqualTo(SHARE_SEATS);
      for (int subscriber = 0; subscriber < books.size(); subscriber++) {
        String id = "subscriber-" + subscriber;
        Books of = books.get(subscriber);
        int parallel = quotas.account(id).map(Account::requests).orElse(0);
        assertThat(parallel).isEqualTo(of.parallel).isLessThanOrEqualTo(PARALLEL);
        long requests = quotas.requestsAllowance(id, PLUS, now).orElseThrow().remaining();
        assertThat((double) requests)
            .isBetween(Math.floor(of.requests.level(now) - 1e-6), of.requests.level(now) + 1e-6);
        long tokens = quotas.tokensAllowance(id, PLUS, now).orElseThrow().remaining();
        double level = Math.max(0, of.tokens.level(now));
        assertThat((double) tokens).isBetween(Math.floor(level - 1e-3), level + 1e-3);
      }
    }

    private static Quotas quotas() {
      TierQuotas each =
          new TierQuotas(
              OptionalInt.empty(),
              OptionalInt.empty(),
              OptionalInt.of(PARALLEL),
              OptionalInt.of(PER_MINUTE),
              OptionalLong.of(TOKENS_PER_MINUTE));
      return new Quotas(new QuotaSettings(List.of(each, each, each), List.of(VISION), 100), 1);
    }
  }
}
