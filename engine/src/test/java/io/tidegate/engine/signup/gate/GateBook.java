package io.tidegate.engine.signup.gate;

import io.tidegate.engine.signup.gate.order.Cause;
import io.tidegate.engine.signup.gate.order.SignupState;
import io.tidegate.engine.signup.ledger.LedgerInput;
import io.tidegate.engine.signup.ledger.PlanTerms;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** A gate with a clock in hand and a plan whose figures can be set, for tests. */
final class GateBook {
  static final long MINUTE = 60_000;
  static final long HOUR = 60 * MINUTE;
  static final long DAY = 24 * HOUR;

  /** A thousand places: .95 of 20 seats at .019 each. */
  static final PlanTerms THOUSAND = PlanTerms.of("plus").withCapacity(20).withPerSubscriber(.019);

  private final PlanTerms terms;
  final List<GateChange> history = new ArrayList<>();
  SignupGate gate;
  long now = 20_000 * DAY;
  long subscribers;
  long waiting;
  double loadRatio = .5;
  long offered = 1_000;
  long refused;
  long invites;

  GateBook(PlanTerms terms) {
    this.terms = terms;
    gate = SignupGate.begin(terms, now);
  }

  /** One look at the plan, after so much time. */
  GateBook after(long millis) {
    now += millis;
    Decision decision =
        gate.decide(
            now, new LedgerInput(10, loadRatio, offered, refused, subscribers, 0, 0, waiting));
    history.addAll(decision.changes());
    invites = decision.invites();
    return this;
  }

  /** A look each minute for so long. */
  GateBook during(long millis) {
    for (long passed = 0; passed < millis; passed += MINUTE) {
      after(MINUTE);
    }
    return this;
  }

  GateChange pause(long lastsMillis) {
    return kept(gate.pause(now, OptionalLong.of(now + lastsMillis), Optional.of("busy"), "ann"));
  }

  GateChange pause() {
    return kept(gate.pause(now, OptionalLong.empty(), Optional.of("busy"), "ann"));
  }

  GateChange resume() {
    return kept(gate.resume(now, Optional.empty(), "ann"));
  }

  GateChange kept(GateChange change) {
    history.add(change);
    return change;
  }

  /** As if the process had died and another gone on. */
  GateBook crash() {
    String text = GateText.write(gate.record(now));
    gate = SignupGate.resume(terms, GateText.read(text), now);
    return this;
  }

  SignupState state() {
    return gate.view(now).state();
  }

  Cause cause() {
    return gate.view(now).cause();
  }
}
