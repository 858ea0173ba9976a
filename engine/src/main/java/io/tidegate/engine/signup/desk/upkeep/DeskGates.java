package io.tidegate.engine.signup.desk.upkeep;

import io.tidegate.engine.signup.PlanBook;
import io.tidegate.engine.signup.desk.SignupDesk;
import io.tidegate.engine.signup.desk.waiting.InviteNext;
import io.tidegate.engine.signup.gate.GateChange;
import io.tidegate.engine.signup.gate.GateKeeping;
import io.tidegate.engine.signup.gate.GateRecord;
import io.tidegate.engine.signup.gate.GateText;
import io.tidegate.engine.signup.store.table.GateTable;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the gates of the plans need, kept by the desk.
 *
 * <p>Threading: safe for all.
 */
public final class DeskGates implements GateKeeping {
  private static final Logger LOG = LoggerFactory.getLogger(DeskGates.class);

  private final SignupDesk desk;

  public DeskGates(SignupDesk desk) {
    this.desk = desk;
  }

  @Override
  public CompletionStage<Optional<GateRecord>> kept(String plan) {
    return desk.look(
            (connection, fingerprints) ->
                Optional.ofNullable(new GateTable(connection).states().get(plan)))
        .thenApply(kept -> kept.map(GateText::read));
  }

  @Override
  public CompletionStage<Void> keep(String plan, GateRecord record, List<GateChange> changes) {
    return desk.ask(new KeepGate(plan, record, changes)).thenApply(done -> null);
  }

  @Override
  public Counts counts(String plan) {
    PlanBook book = desk.books().of(plan);
    return new Counts(book.subscribers(), book.invited(), book.held(), book.line().size());
  }

  /** Invites in commits of a few, so that others come in between. */
  @Override
  public void invite(String plan, long most) {
    if (most < 1) {
      return;
    }
    int some = (int) Math.min(most, InviteNext.MOST);
    desk.ask(new InviteNext(plan, some))
        .whenComplete(
            (invited, failure) -> {
              if (failure != null) {
                LOG.warn("nobody of {} was invited: {}", plan, failure.toString());
              } else if (invited == some) {
                invite(plan, most - invited);
              }
            });
  }
}
