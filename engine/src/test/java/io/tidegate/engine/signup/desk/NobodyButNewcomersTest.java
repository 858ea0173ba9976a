package io.tidegate.engine.signup.desk;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.engine.signup.Email;
import io.tidegate.engine.signup.Subscription;
import io.tidegate.engine.signup.SubscriptionStatus;
import io.tidegate.engine.signup.desk.sale.ConfirmPlace;
import io.tidegate.engine.signup.desk.sale.HoldPlace;
import io.tidegate.engine.signup.desk.sale.PutSubscriber;
import io.tidegate.engine.signup.desk.sale.Subscribe;
import io.tidegate.engine.signup.gate.order.SignupState;
import io.tidegate.engine.signup.store.StoreSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/**
 * Invariant 9, over random histories: whatever the gate's state, only people who never had the plan
 * are held up, and nobody who was established becomes new.
 *
 * <p>Shown red by hand: {@code HoldPlace} that asks the gate also of who comes back, and one that
 * sells whatever its state; {@code PutSubscriber} that takes the later one of two dates.
 */
class NobodyButNewcomersTest {
  private static final int HISTORIES = 20;
  private static final int STEPS = 120;
  private static final int PEOPLE = 12;
  private static final List<SignupState> STATES = List.of(SignupState.values());
  private static final String PLAN = TestDesk.PLAN;

  private final Set<String> had = new HashSet<>();
  private final Map<String, Long> since = new HashMap<>();
  private final List<String> history = new ArrayList<>();
  private TestDesk desk;

  @Test
  void aPauseTouchesNobodyWhoEverHadThePlan() {
    long seed = Long.getLong("seed", System.currentTimeMillis());
    String url = "jdbc:h2:mem:" + UUID.randomUUID();
    desk = new TestDesk(StoreSettings.of(url, "", ""), TestDesk.settings());
    try {
      for (int number = 0; number < HISTORIES; number++) {
        history.clear();
        Random random = new Random(seed + number);
        for (int step = 0; step < STEPS; step++) {
          step("%d-p%d@x.org".formatted(number, random.nextInt(PEOPLE)), random, seed);
        }
      }
    } finally {
      desk.close();
    }
  }

  private void step(String email, Random random, long seed) {
    int what = random.nextInt(8);
    history.add(what + " " + email);
    switch (what) {
      case 0 -> desk.state(STATES.get(random.nextInt(STATES.size())));
      case 1 -> desk.pass(Duration.ofHours(random.nextInt(24 * 60)));
      case 2, 3 -> buys(email, seed);
      case 4 -> holdsAndPaysLate(email, random, seed);
      case 5 -> billing(email, SubscriptionStatus.CANCELLED, seed);
      case 6 -> billing(email, SubscriptionStatus.ACTIVE, seed);
      default -> desk.join(email);
    }
  }

  private void buys(String email, long seed) {
    boolean open = desk.book().state() == SignupState.OPEN;
    Answer answer =
        desk.ask(
            new Subscribe(
                new Email(email), PLAN, Optional.empty(), Optional.empty(), Optional.empty()));
    if (answer instanceof Answer.Subscribed subscribed) {
      served(email, subscribed.subscription(), seed);
      assertThat(open || had.contains(email)).as(told(seed)).isTrue();
      had.add(email);
    } else {
      boolean has = answer.equals(new Answer.Refused(Refusal.ALREADY_SUBSCRIBED));
      assertThat(has || (!open && !had.contains(email))).as(told(seed)).isTrue();
    }
  }

  private void holdsAndPaysLate(String email, Random random, long seed) {
    Answer answer =
        desk.ask(new HoldPlace(new Email(email), PLAN, Optional.empty(), Optional.empty()));
    if (answer instanceof Answer.Held held) {
      desk.state(SignupState.PAUSED);
      desk.pass(Duration.ofMinutes(random.nextInt(60)));
      Answer paid = desk.ask(new ConfirmPlace(held.place().id(), "paid"));
      assertThat(paid).as(told(seed)).isInstanceOf(Answer.Subscribed.class);
      served(email, ((Answer.Subscribed) paid).subscription(), seed);
      had.add(email);
    }
  }

  /** What billing says of somebody it knows: always done, and the date never moves forward. */
  private void billing(String email, SubscriptionStatus status, long seed) {
    Optional<Subscription> known =
        desk.ask(tx -> tx.subscribers().byEmail(new Email(email)).stream().findFirst());
    if (known.isPresent()) {
      PutSubscriber word =
          new PutSubscriber(
              known.get().id(),
              Optional.of(PLAN),
              Optional.of(status),
              Optional.of(new Email(email)),
              OptionalLong.of(desk.now[0]));
      Answer answer = desk.ask(word);
      assertThat(answer).as(told(seed)).isInstanceOf(Answer.Subscribed.class);
      served(email, ((Answer.Subscribed) answer).subscription(), seed);
    }
  }

  private void served(String email, Subscription subscription, long seed) {
    long first = since.computeIfAbsent(email, who -> subscription.subscribedAtMillis());
    assertThat(subscription.subscribedAtMillis()).as(told(seed)).isEqualTo(first);
  }

  private String told(long seed) {
    return "seed %d: %s".formatted(seed, history);
  }
}
