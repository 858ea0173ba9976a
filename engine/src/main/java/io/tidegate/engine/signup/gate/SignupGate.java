package io.tidegate.engine.signup.gate;

import io.tidegate.engine.signup.gate.order.Cause;
import io.tidegate.engine.signup.gate.order.Order;
import io.tidegate.engine.signup.gate.order.Orders;
import io.tidegate.engine.signup.gate.order.SignupState;
import io.tidegate.engine.signup.ledger.Figures;
import io.tidegate.engine.signup.ledger.LedgerInput;
import io.tidegate.engine.signup.ledger.PlanLedger;
import io.tidegate.engine.signup.ledger.PlanTerms;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/**
 * Whether one plan is sold to people who never had it: open, in drips to those who waited, or
 * paused.
 *
 * <p>An operator's {@link Orders} come first, those for now before those made beforehand; where
 * there is none, the {@link LoadRule} decides on what the ledger says. The gate judges sign-ups
 * only: renewals, changes of plan and people who come back are never asked about.
 *
 * <p>Time is handed in, in milliseconds since 1970. A clock that is set back makes what is due by
 * the hour due at once, and lets no order be forgotten. Not safe for use by several threads.
 */
public final class SignupGate {
  private static final String LEDGER = "ledger";
  private static final String CLOCK = "schedule";
  private static final long DRIP_EVERY_MILLIS = TimeUnit.HOURS.toMillis(1);
  private static final long INVITE_EVERY_MILLIS = TimeUnit.MINUTES.toMillis(1);
  // While everybody may come, those who wait are told in batches: a million events at once would
  // hold up all others.
  private static final long MOST_INVITES = 1_000;

  private final PlanTerms terms;
  private final PlanLedger ledger;
  private final LoadRule load;
  private final Orders orders;
  private SignupState state;
  private long sinceEpochMillis;
  private Cause cause;
  private OptionalLong untilEpochMillis = OptionalLong.empty();
  private Optional<String> reason;
  private OptionalLong invitedAtEpochMillis;
  private Optional<Figures> figures = Optional.empty();

  private SignupGate(PlanTerms terms, GateRecord kept, long nowEpochMillis) {
    this.terms = terms;
    this.ledger = new PlanLedger(terms, kept.ledger());
    this.load = new LoadRule(kept.byLoad(), kept.byLoadSinceEpochMillis());
    this.orders = new Orders(kept.manual(), kept.scheduled());
    this.state = kept.state();
    this.sinceEpochMillis = kept.sinceEpochMillis();
    this.cause = kept.cause();
    this.reason = kept.reason();
    this.invitedAtEpochMillis = kept.invitedAtEpochMillis();
    this.untilEpochMillis =
        orders.standing(nowEpochMillis).map(Order::untilEpochMillis).orElse(OptionalLong.empty());
  }

  /** A gate that sells until something speaks against it. */
  public static SignupGate begin(PlanTerms terms, long nowEpochMillis) {
    return new SignupGate(terms, GateRecord.begun(nowEpochMillis), nowEpochMillis);
  }

  /** A gate that goes on from what was kept, also if the terms have changed since. */
  public static SignupGate resume(PlanTerms terms, GateRecord kept, long nowEpochMillis) {
    return new SignupGate(terms, kept, nowEpochMillis);
  }

  /** Takes in one look at the plan and decides: some times a minute. */
  public Decision decide(long nowEpochMillis, LedgerInput input) {
    Figures now = ledger.step(nowEpochMillis, input);
    figures = Optional.of(now);
    if (orders.endOver(nowEpochMillis) && now.waiting() > 0) {
      load.close(nowEpochMillis);
    }
    load.step(nowEpochMillis, now);
    orders.spend(nowEpochMillis, load.state());
    List<GateChange> changes = new ArrayList<>();
    settle(nowEpochMillis).ifPresent(changes::add);
    return new Decision(changes, invites(nowEpochMillis, now));
  }

  /**
   * Pauses the sale now, by hand.
   *
   * @param untilEpochMillis when it goes on; empty: when somebody resumes it
   * @param why for people to read
   * @param by who does it
   * @throws IllegalArgumentException if the end is not in the future
   */
  public GateChange pause(
      long nowEpochMillis, OptionalLong untilEpochMillis, Optional<String> why, String by) {
    orders.pause(nowEpochMillis, untilEpochMillis, why, by);
    return act(nowEpochMillis, why, by);
  }

  /**
   * Sells again now, by hand, whatever the ledger says; it decides again as soon as it would sell
   * too. Ends every pause that stands, and leaves alone what is announced for later.
   */
  public GateChange resume(long nowEpochMillis, Optional<String> why, String by) {
    orders.resume(nowEpochMillis, why, by);
    return act(nowEpochMillis, why, by);
  }

  /**
   * Announces that the sale pauses, in place of what was announced before.
   *
   * @param atEpochMillis when
   * @param untilEpochMillis when it goes on; empty: when somebody resumes it
   * @throws IllegalArgumentException if the times are not in the future, or in the wrong order
   */
  public GateChange announcePause(
      long nowEpochMillis,
      long atEpochMillis,
      OptionalLong untilEpochMillis,
      Optional<String> why,
      String by) {
    orders.announcePause(nowEpochMillis, atEpochMillis, untilEpochMillis, why, by);
    return act(nowEpochMillis, why, by);
  }

  /**
   * Announces that the sale goes on: gives the pause that stands or is announced its end, or, if
   * load has closed it, opens it then.
   *
   * @throws IllegalArgumentException if the time is not in the future
   */
  public GateChange announceResume(
      long nowEpochMillis, long atEpochMillis, Optional<String> why, String by) {
    orders.announceResume(nowEpochMillis, atEpochMillis, why, by);
    return act(nowEpochMillis, why, by);
  }

  /** Takes back what was announced; a pause that began by it ends. */
  public GateChange takeBack(long nowEpochMillis, Optional<String> why, String by) {
    orders.takeBack();
    return act(nowEpochMillis, why, by);
  }

  /** What everybody may know now. */
  public GateView view(long nowEpochMillis) {
    boolean byLoad = cause == Cause.LOAD && state != SignupState.OPEN && figures.isPresent();
    return new GateView(
        terms.plan(),
        state,
        sinceEpochMillis,
        untilEpochMillis,
        byLoad
            ? Optional.of(Trend.of(nowEpochMillis, figures.get(), ledger.hours()))
            : Optional.empty(),
        cause,
        byLoad ? figures.map(now -> LoadReason.of(now).sentence()) : reason,
        figures.map(Figures::waiting).orElse(0L),
        figures.map(SignupGate::placesLeft).orElse(OptionalLong.empty()),
        orders.announced(nowEpochMillis),
        figures);
  }

  /** What is to be kept over a restart. */
  public GateRecord record(long nowEpochMillis) {
    return new GateRecord(
        state,
        sinceEpochMillis,
        cause,
        reason,
        orders.manual(),
        orders.scheduled(),
        load.state(),
        load.sinceEpochMillis(),
        invitedAtEpochMillis,
        ledger.record(nowEpochMillis));
  }

  /** An operator has acted: that is a change in any case. */
  private GateChange act(long nowEpochMillis, Optional<String> why, String by) {
    SignupState before = state;
    Verdict now = verdict(nowEpochMillis);
    apply(now, nowEpochMillis);
    return change(nowEpochMillis, before, why, by);
  }

  /** Becomes what orders and ledger say, which may be what it is. */
  private Optional<GateChange> settle(long nowEpochMillis) {
    Verdict now = verdict(nowEpochMillis);
    if (now.state() == state && now.cause() == cause && now.until().equals(untilEpochMillis)) {
      return Optional.empty();
    }
    SignupState before = state;
    apply(now, nowEpochMillis);
    return Optional.of(change(nowEpochMillis, before, reason, now.by()));
  }

  private Verdict verdict(long nowEpochMillis) {
    Optional<Order> order = orders.standing(nowEpochMillis);
    if (order.isPresent()) {
      Order it = order.get();
      Cause by = orders.cause(nowEpochMillis).orElseThrow();
      return new Verdict(it.state(), by, it.untilEpochMillis(), it.reason(), it.by());
    }
    if (load.state() != SignupState.OPEN) {
      Optional<String> why = figures.map(now -> LoadReason.of(now).sentence());
      return new Verdict(load.state(), Cause.LOAD, OptionalLong.empty(), why, LEDGER);
    }
    // What has opened it stays the cause, until something closes it.
    Optional<String> why = state == SignupState.OPEN ? reason : Optional.empty();
    return new Verdict(
        SignupState.OPEN, cause, OptionalLong.empty(), why, cause == Cause.LOAD ? LEDGER : CLOCK);
  }

  private void apply(Verdict now, long nowEpochMillis) {
    if (now.state() != state) {
      sinceEpochMillis = nowEpochMillis;
    }
    state = now.state();
    cause = now.cause();
    untilEpochMillis = now.until();
    reason = now.reason();
  }

  private GateChange change(
      long nowEpochMillis, SignupState before, Optional<String> why, String by) {
    return new GateChange(
        terms.plan(),
        nowEpochMillis,
        before,
        state,
        cause,
        untilEpochMillis,
        orders.announced(nowEpochMillis),
        why,
        by,
        figures);
  }

  private long invites(long nowEpochMillis, Figures now) {
    long every = state == SignupState.OPEN ? INVITE_EVERY_MILLIS : DRIP_EVERY_MILLIS;
    // A clock that was set back counts as time enough.
    boolean due =
        invitedAtEpochMillis.isEmpty()
            || Math.abs(nowEpochMillis - invitedAtEpochMillis.getAsLong()) >= every;
    long most =
        switch (state) {
          case PAUSED -> 0;
          case DRIP -> LoadRule.invitesOfAnHour(now);
          case OPEN -> Math.min(MOST_INVITES, invitesWhileOpen(nowEpochMillis, now));
        };
    long invites = due ? Math.min(most, now.waiting()) : 0;
    if (invites > 0) {
      invitedAtEpochMillis = OptionalLong.of(nowEpochMillis);
    }
    return invites;
  }

  /** While strangers may come in, so may those who wait; only the ledger's own places are few. */
  private long invitesWhileOpen(long nowEpochMillis, Figures now) {
    boolean ordered = orders.standing(nowEpochMillis).isPresent();
    return ordered || now.free().isEmpty() ? now.waiting() : Math.max(0, now.free().getAsLong());
  }

  private static OptionalLong placesLeft(Figures now) {
    return now.free().isPresent()
        ? OptionalLong.of(Math.max(0, now.free().getAsLong()))
        : OptionalLong.empty();
  }

  /** What the gate is to be, why, and who says so. */
  private record Verdict(
      SignupState state, Cause cause, OptionalLong until, Optional<String> reason, String by) {}
}
