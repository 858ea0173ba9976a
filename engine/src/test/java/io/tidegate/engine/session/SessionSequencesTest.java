package io.tidegate.engine.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.engine.Sequences;
import io.tidegate.engine.admission.AdmissionRequest;
import io.tidegate.engine.admission.RefusalReason;
import io.tidegate.engine.admission.SessionKey;
import io.tidegate.engine.quota.Denial;
import io.tidegate.engine.quota.Holding;
import io.tidegate.engine.quota.QuotaSettings;
import io.tidegate.engine.quota.Quotas;
import io.tidegate.engine.quota.TierQuotas;
import io.tidegate.engine.tier.Subscriber;
import io.tidegate.engine.tier.Tier;
import io.tidegate.engine.tier.TierTable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * After any sequence of arrivals, admissions, departures, ends, ended sessions and passing time,
 * sessions are as a plain model says that knows neither words nor wheels.
 *
 * <p>Shown red by hand: {@code SessionSlot.takeOut} that renews by a request that was never
 * admitted; {@code ShardIndex.step} that puts a fresh or a busy session back at {@code now + idle};
 * {@code Sessions.done} that refunds the tier of the moment; {@code SessionSlot.join} that leaves
 * an ending session ending.
 */
class SessionSequencesTest {
  private static final TierTable TIERS = TierTable.defaults();
  private static final int IDLE_SECONDS = 600;
  // A session closes up to a step of the wheel late, rounded up.
  private static final int LATE_SECONDS = 6;
  private static final int TIER_QUOTA = 3;
  private static final int SUBSCRIBER_QUOTA = 2;

  private sealed interface Step {
    record Arrive(int subscriber, int session, int tier) implements Step {}

    record Admit(int guest) implements Step {}

    record Leave(int guest) implements Step {}

    record EndSession(int subscriber, int session) implements Step {}

    record Pass(int seconds) implements Step {}
  }

  @Test
  void areAsTheModelSays() {
    Sequences.of(2_000, 60).check(SessionSequencesTest::step, steps -> new World().run(steps));
  }

  private static Step step(Random random) {
    return switch (random.nextInt(8)) {
      case 0, 1 -> new Step.Arrive(random.nextInt(3), random.nextInt(3), random.nextInt(3));
      case 2, 3 -> new Step.Admit(random.nextInt(8));
      case 4, 5 -> new Step.Leave(random.nextInt(8));
      case 6 -> new Step.EndSession(random.nextInt(3), random.nextInt(3));
      default -> new Step.Pass(random.nextInt(IDLE_SECONDS + 60));
    };
  }

  private static final class Model {
    final int tier;
    int guests;
    boolean open;
    boolean ending;
    long usedSeconds;
    long leftSeconds;

    Model(int tier, long usedSeconds) {
      this.tier = tier;
      this.usedSeconds = usedSeconds;
    }
  }

  private static final class Guest {
    final SessionKey key;
    final Visit visit = new Visit();
    final Holding holding = new Holding();
    boolean admitted;

    Guest(SessionKey key) {
      this.key = key;
    }
  }

  private static final class World {
    private long seconds = 1_000_000;
    private final Quotas quotas = quotas();
    private final Sessions sessions =
        new Sessions(
            new SessionSettings(Duration.ofSeconds(IDLE_SECONDS), 2, 100), quotas, nanos());
    private final Map<SessionKey, Model> models = new HashMap<>();
    private final List<Guest> guests = new ArrayList<>();

    void run(List<Step> steps) {
      for (Step step : steps) {
        if (step instanceof Step.Arrive arrive) {
          arrive(arrive);
        } else if (step instanceof Step.Admit admit && admit.guest < guests.size()) {
          admit(guests.get(admit.guest));
        } else if (step instanceof Step.Leave leave && leave.guest < guests.size()) {
          leave(guests.remove(leave.guest));
        } else if (step instanceof Step.EndSession end) {
          end(key(end.subscriber, end.session));
        } else if (step instanceof Step.Pass pass) {
          pass(pass.seconds);
        }
        compare();
      }
      while (!guests.isEmpty()) {
        leave(guests.remove(0));
      }
      pass(IDLE_SECONDS + LATE_SECONDS);
      assertThat(models).isEmpty();
      compare();
    }

    private void arrive(Step.Arrive arrive) {
      Guest guest = new Guest(key(arrive.subscriber, arrive.session));
      Tier tier = TIERS.tiers().get(arrive.tier);
      AdmissionRequest request = AdmissionRequest.of(new Subscriber(guest.key.subscriber(), tier));
      assertThat(quotas.take(guest.holding, request, tier, 1, nanos())).isEqualTo(Denial.NONE);
      long denial = sessions.enter(guest.visit, guest.key, guest.holding.account(), tier, nanos());
      Model model = models.get(guest.key);
      if (model == null && ofSubscriber(guest.key.subscriber()) >= SUBSCRIBER_QUOTA) {
        assertThat(Denial.reason(denial)).isEqualTo(RefusalReason.OVER_SESSIONS);
        guest.holding.giveBack(nanos());
      } else if (model == null && ofTier(arrive.tier) >= TIER_QUOTA) {
        assertThat(Denial.reason(denial)).isEqualTo(RefusalReason.TIER_FULL);
        guest.holding.giveBack(nanos());
      } else {
        assertThat(denial).isEqualTo(Denial.NONE);
        models.computeIfAbsent(guest.key, key -> new Model(arrive.tier, seconds)).guests++;
        models.get(guest.key).ending = false;
        guests.add(guest);
      }
    }

    private void admit(Guest guest) {
      if (!guest.admitted) {
        guest.admitted = true;
        guest.visit.admitted();
        models.get(guest.key).open = true;
      }
    }

    private void leave(Guest guest) {
      Model model = models.get(guest.key);
      model.guests--;
      if (guest.admitted) {
        guest.visit.ended(nanos());
        model.usedSeconds = seconds;
      } else {
        guest.visit.left();
      }
      model.leftSeconds = seconds;
      guest.holding.giveBack(nanos());
      if (model.guests == 0 && (!model.open || model.ending)) {
        models.remove(guest.key);
      }
    }

    private void end(SessionKey key) {
      Model model = models.get(key);
      boolean open = model != null && model.open;
      assertThat(sessions.end(key)).isEqualTo(open);
      if (open && model.guests == 0) {
        models.remove(key);
      } else if (open) {
        model.ending = true;
      }
    }

    private void pass(int passing) {
      seconds += passing;
      for (int shard = 0; shard < sessions.shards(); shard++) {
        while (sessions.step(shard, 1, nanos())) {}
      }
      models.entrySet().removeIf(entry -> isClosed(entry.getKey(), entry.getValue()));
    }

    /** Between the idle time and the latest moment the sessions themselves say. */
    private boolean isClosed(SessionKey key, Model model) {
      long due = Math.max(model.usedSeconds + IDLE_SECONDS, model.leftSeconds);
      return model.guests == 0
          && seconds >= due
          && (seconds >= due + LATE_SECONDS || !sessions.isOpen(key));
    }

    private void compare() {
      for (int subscriber = 0; subscriber < 3; subscriber++) {
        for (int session = 0; session < 3; session++) {
          SessionKey key = key(subscriber, session);
          Model model = models.get(key);
          assertThat(sessions.isOpen(key)).isEqualTo(model != null && model.open);
        }
        String id = key(subscriber, 0).subscriber();
        assertThat(quotas.account(id).map(account -> account.sessions()).orElse(0))
            .isEqualTo(ofSubscriber(id));
      }
      for (Tier tier : TIERS.tiers()) {
        assertThat(sessions.open(tier)).isEqualTo(ofTier(tier.index()));
        assertThat(sessions.open(tier)).isLessThanOrEqualTo(TIER_QUOTA);
      }
    }

    private int ofSubscriber(String id) {
      return (int) models.keySet().stream().filter(key -> key.subscriber().equals(id)).count();
    }

    private int ofTier(int tier) {
      return (int) models.values().stream().filter(model -> model.tier == tier).count();
    }

    private long nanos() {
      return TimeUnit.SECONDS.toNanos(seconds);
    }

    private static SessionKey key(int subscriber, int session) {
      return new SessionKey("subscriber-" + subscriber, "s" + session);
    }

    private static Quotas quotas() {
      TierQuotas each =
          new TierQuotas(
              OptionalInt.of(TIER_QUOTA),
              OptionalInt.of(SUBSCRIBER_QUOTA),
              OptionalInt.empty(),
              OptionalInt.empty(),
              OptionalLong.empty());
      return new Quotas(new QuotaSettings(List.of(each, each, each), List.of(), 100), 2);
    }
  }
}
