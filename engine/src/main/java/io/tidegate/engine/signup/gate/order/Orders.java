package io.tidegate.engine.signup.gate.order;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * What operators have ordered for one plan: at most one order for now, and one made beforehand. The
 * first beats the second. Not safe for use by several threads.
 */
public final class Orders {
  private Optional<Order> manual;
  private Optional<Order> scheduled;

  public Orders(Optional<Order> manual, Optional<Order> scheduled) {
    this.manual = manual;
    this.scheduled = scheduled;
  }

  public Optional<Order> manual() {
    return manual;
  }

  public Optional<Order> scheduled() {
    return scheduled;
  }

  /** The order that counts now. */
  public Optional<Order> standing(long now) {
    return manualNow(now).or(() -> scheduledNow(now));
  }

  /** Whose order counts now, if one does. */
  public Optional<Cause> cause(long now) {
    if (manualNow(now).isPresent()) {
      return Optional.of(Cause.MANUAL);
    }
    return scheduledNow(now).map(order -> Cause.SCHEDULE);
  }

  /** What lies ahead: the beginning of an order, or else the end of a scheduled pause. */
  public Optional<Announcement> announced(long now) {
    return scheduled
        .filter(order -> order.fromEpochMillis() > now)
        .map(
            order ->
                new Announcement(
                    order.state(),
                    order.fromEpochMillis(),
                    order.untilEpochMillis(),
                    order.reason()))
        .or(() -> scheduledNow(now).flatMap(Orders::end));
  }

  public void pause(long now, OptionalLong until, Optional<String> why, String by) {
    manual = Optional.of(new Order(true, now, until, why, by));
  }

  public void resume(long now, Optional<String> why, String by) {
    scheduled = scheduled.filter(order -> order.fromEpochMillis() > now);
    manual = Optional.of(new Order(false, now, OptionalLong.empty(), why, by));
  }

  public void announcePause(
      long now, long at, OptionalLong until, Optional<String> why, String by) {
    requireAhead(now, at);
    scheduled = Optional.of(new Order(true, at, until, why, by));
  }

  public void announceResume(long now, long at, Optional<String> why, String by) {
    requireAhead(now, at);
    if (manualNow(now).filter(Order::pauses).isPresent()) {
      manual = manual.map(order -> order.until(OptionalLong.of(at)));
    } else if (scheduled.filter(order -> endsBy(order, at)).isPresent()) {
      scheduled = scheduled.map(order -> order.until(OptionalLong.of(at)));
    } else {
      scheduled = Optional.of(new Order(false, at, OptionalLong.empty(), why, by));
    }
  }

  public void takeBack() {
    scheduled = Optional.empty();
  }

  /** Forgets orders whose time is over; whether one of them was a pause. */
  public boolean endOver(long now) {
    boolean paused =
        manual.filter(order -> order.pauses() && order.over(now)).isPresent()
            || scheduled.filter(order -> order.pauses() && order.over(now)).isPresent();
    manual = manual.filter(order -> !order.over(now));
    scheduled = scheduled.filter(order -> !order.over(now));
    return paused;
  }

  /** Forgets orders to sell that say no more than the ledger does by itself. */
  public void spend(long now, SignupState byLoad) {
    if (byLoad == SignupState.OPEN) {
      manual = manual.filter(Order::pauses);
      scheduled = scheduled.filter(order -> order.pauses() || !order.counts(now));
    }
  }

  /** It counts since it was given, also if the clock has been set back since. */
  private Optional<Order> manualNow(long now) {
    return manual.filter(order -> !order.over(now));
  }

  private Optional<Order> scheduledNow(long now) {
    return scheduled.filter(order -> order.counts(now));
  }

  private static boolean endsBy(Order order, long at) {
    return order.pauses() && order.fromEpochMillis() < at;
  }

  private static Optional<Announcement> end(Order order) {
    return order.untilEpochMillis().isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Announcement(
                order.pauses() ? SignupState.OPEN : SignupState.PAUSED,
                order.untilEpochMillis().getAsLong()));
  }

  private static void requireAhead(long now, long at) {
    if (at <= now) {
      throw new IllegalArgumentException("what is announced lies in the future");
    }
  }
}
