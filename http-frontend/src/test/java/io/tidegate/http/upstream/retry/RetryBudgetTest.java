package io.tidegate.http.upstream.retry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** How many requests may be sent a second time. */
class RetryBudgetTest {

  private static final long START = -3;

  private final RetryBudget budget = new RetryBudget(START);

  @Test
  void givesAFewInAnyCase() {
    assertThat(spendAll(START)).isEqualTo(RetryBudget.IN_ANY_CASE);
    assertThat(budget.denied()).isEqualTo(1);
  }

  @Test
  void givesATenthOfWhatIsSent() {
    send(1_000, START);
    assertThat(spendAll(START)).isEqualTo(100);
    send(50, START);
    assertThat(spendAll(START)).isEqualTo(5);
  }

  @Test
  void forgetsAfterTwoStretches() {
    send(1_000, START);
    assertThat(spendAll(START + 2 * RetryBudget.STRETCH_NANOS)).isEqualTo(RetryBudget.IN_ANY_CASE);
  }

  @Test
  void neverGivesMoreThanATenthOverTimeApartFromTheFew() {
    long seed = Long.getLong("seed", 41);
    Random random = new Random(seed);
    long nowNanos = START;
    int sent = 0;
    int retried = 0;
    for (int i = 0; i < 200_000; i++) {
      nowNanos += random.nextInt((int) TimeUnit.MILLISECONDS.toNanos(4));
      budget.sent(nowNanos);
      sent++;
      retried += budget.spend(nowNanos) ? 1 : 0;
    }
    assertThat(retried).as("seed " + seed).isBetween(sent / 11, sent / 10 + 40);
  }

  private void send(int count, long nowNanos) {
    for (int i = 0; i < count; i++) {
      budget.sent(nowNanos);
    }
  }

  private int spendAll(long nowNanos) {
    int given = 0;
    while (budget.spend(nowNanos)) {
      given++;
    }
    return given;
  }
}
