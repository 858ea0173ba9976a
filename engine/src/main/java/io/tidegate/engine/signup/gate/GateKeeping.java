package io.tidegate.engine.signup.gate;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * What the gates need of the store and the desk. Every call returns at once.
 *
 * <p>Threading: called from one thread at a time; the stages may complete on any.
 */
public interface GateKeeping {

  /** What was kept of a plan's gate; empty: it is new. Fails if the store cannot say. */
  CompletionStage<Optional<GateRecord>> kept(String plan);

  /**
   * Keeps a gate's state, the lines of its history, and the events for whoever listens, in one
   * transaction. The stage completes when they cannot be lost any more; it fails if nothing was
   * kept.
   */
  CompletionStage<Void> keep(String plan, GateRecord record, List<GateChange> changes);

  /** How many there are of a plan, as far as is known; never waits for the store. */
  Counts counts(String plan);

  /**
   * Invites the next people of the wait-list, as far as there are any, with the plan's time to
   * claim.
   */
  void invite(String plan, long most);

  /**
   * How many there are of a plan.
   *
   * @param subscribers subscriptions that stand
   * @param openInvites invites that may still be claimed
   * @param heldPlaces places held for somebody who is about to pay
   * @param waiting people on the wait-list
   */
  record Counts(long subscribers, long openInvites, long heldPlaces, long waiting) {}
}
