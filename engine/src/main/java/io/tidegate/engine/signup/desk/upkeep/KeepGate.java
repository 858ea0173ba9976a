package io.tidegate.engine.signup.desk.upkeep;

import io.tidegate.engine.signup.desk.EventBody;
import io.tidegate.engine.signup.desk.Request;
import io.tidegate.engine.signup.desk.Transaction;
import io.tidegate.engine.signup.gate.GateChange;
import io.tidegate.engine.signup.gate.GateRecord;
import io.tidegate.engine.signup.gate.GateText;
import io.tidegate.engine.signup.ledger.Figures;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Keeps how a plan's gate stands, how it came to, and tells who listens. */
public record KeepGate(String plan, GateRecord record, List<GateChange> changes)
    implements Request<Boolean> {

  public KeepGate {
    changes = List.copyOf(changes);
  }

  @Override
  public Boolean decide(Transaction tx) throws SQLException {
    tx.gates().saveState(plan, tx.nowMillis(), GateText.write(record));
    tx.book(plan, book -> book.state(record.state()));
    for (GateChange change : changes) {
      tx.gates().addChange(plan, change.atEpochMillis(), line(change).json());
      if (change.pauses()) {
        tx.tell("signups.paused", Optional.empty(), body("signups.paused", change));
      } else if (change.resumes()) {
        tx.tell("signups.resumed", Optional.empty(), body("signups.resumed", change));
      }
    }
    return true;
  }

  private static EventBody body(String type, GateChange change) {
    return EventBody.of(type, change.atEpochMillis())
        .text("plan", change.plan())
        .text("state", change.to().label())
        .text("cause", change.cause().label())
        .text("reason", change.reason())
        .time("until", change.untilEpochMillis());
  }

  /** A line of the history: also the figures behind it, and who did it. */
  private static EventBody line(GateChange change) {
    EventBody line =
        body("gate.changed", change)
            .text("before", change.from().label())
            .text("announced", change.announced().map(it -> it.state().label()))
            .text("by", change.by());
    if (change.announced().isPresent()) {
      line.time("announced_at", change.announced().get().atEpochMillis());
    }
    change.figures().ifPresent(figures -> figures(line, figures));
    return line;
  }

  private static void figures(EventBody line, Figures figures) {
    line.number("subscribers", figures.subscribers())
        .number("open_invites", figures.openInvites())
        .number("held_places", figures.heldPlaces())
        .number("waiting", figures.waiting())
        .text("load_ratio", "%.3f".formatted(figures.loadRatio()))
        .time("hold_until", figures.holdUntilEpochMillis());
    figures.places().ifPresent(places -> line.number("places", places));
    figures.free().ifPresent(free -> line.number("free", free));
    figures
        .perSubscriberSeats()
        .ifPresent(seats -> line.text("per_subscriber_seats", "%.6f".formatted(seats)));
  }
}
