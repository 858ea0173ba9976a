package io.tidegate.engine.simulation.sales;

import io.tidegate.engine.signup.gate.Decision;
import io.tidegate.engine.signup.gate.SignupGate;
import io.tidegate.engine.signup.gate.order.SignupState;
import io.tidegate.engine.signup.ledger.LedgerInput;
import io.tidegate.engine.signup.ledger.PlanTerms;
import java.util.concurrent.TimeUnit;

/** A way to decide when to sell. */
public interface Sales {

  /** Takes in a minute; how many of those who wait are to be invited. */
  long step(long nowEpochMillis, LedgerInput input);

  /** Whether the plan is sold, and to whom. */
  SignupState state();

  /** Sells always. */
  static Sales always() {
    return new Sales() {
      @Override
      public long step(long nowEpochMillis, LedgerInput input) {
        return 0;
      }

      @Override
      public SignupState state() {
        return SignupState.OPEN;
      }
    };
  }

  /** Sells while the load of the last five minutes is below the limit, and half an hour longer. */
  static Sales onMomentaryLoad() {
    return new Sales() {
      private final long holdMillis = TimeUnit.MINUTES.toMillis(30);
      private double average;
      private long closedUntil;
      private long now;

      @Override
      public long step(long nowEpochMillis, LedgerInput input) {
        now = nowEpochMillis;
        average += (1 - Math.exp(-1.0 / 5)) * (input.loadRatio() - average);
        if (average > 1) {
          closedUntil = nowEpochMillis + holdMillis;
        }
        return state() == SignupState.OPEN ? input.waiting() : 0;
      }

      @Override
      public SignupState state() {
        return now < closedUntil ? SignupState.PAUSED : SignupState.OPEN;
      }
    };
  }

  /** Sells as the sign-up gate decides. */
  static Sales byLedger(PlanTerms terms) {
    return new Sales() {
      private final SignupGate gate = SignupGate.begin(terms, 0);
      private SignupState state = SignupState.OPEN;

      @Override
      public long step(long nowEpochMillis, LedgerInput input) {
        Decision decision = gate.decide(nowEpochMillis, input);
        decision.changes().forEach(change -> state = change.to());
        return decision.invites();
      }

      @Override
      public SignupState state() {
        return state;
      }
    };
  }
}
