package io.tidegate.engine.signup;

import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One entry of a wait-list.
 *
 * @param id unguessable; whoever has it may look at the entry and leave
 * @param plan what is waited for
 * @param ticket the place in the order of arrival, from 1 up within a plan; never reused
 * @param email whose it is; empty once it has been forgotten
 * @param shadow whether the same e-mail was known already when it joined: it looks and moves like
 *     any other, but is never invited
 * @param joinedAtMillis of the epoch, as all times here
 * @param changedAtMillis when its status last changed
 * @param invitedAtMillis when its turn came
 * @param dueAtMillis while invited, the end of the claim window; after its end, when its e-mail is
 *     to be forgotten
 */
public record WaitEntry(
    String id,
    String plan,
    long ticket,
    Optional<Email> email,
    boolean shadow,
    EntryStatus status,
    long joinedAtMillis,
    long changedAtMillis,
    OptionalLong invitedAtMillis,
    OptionalLong dueAtMillis) {

  public WaitEntry {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(plan, "plan");
    Objects.requireNonNull(email, "email");
    Objects.requireNonNull(status, "status");
    Objects.requireNonNull(invitedAtMillis, "invitedAtMillis");
    Objects.requireNonNull(dueAtMillis, "dueAtMillis");
    if (ticket < 1) {
      throw new IllegalArgumentException("a ticket is 1 or more, not " + ticket);
    }
  }

  /** The entry at the end of a line. */
  public static WaitEntry joining(
      String id, String plan, long ticket, Email email, boolean shadow, long nowMillis) {
    return new WaitEntry(
        id,
        plan,
        ticket,
        Optional.of(email),
        shadow,
        EntryStatus.WAITING,
        nowMillis,
        nowMillis,
        OptionalLong.empty(),
        OptionalLong.empty());
  }

  /** The same entry, its turn come. */
  public WaitEntry invited(long nowMillis, long claimUntilMillis) {
    return new WaitEntry(
        id,
        plan,
        ticket,
        email,
        shadow,
        EntryStatus.INVITED,
        joinedAtMillis,
        nowMillis,
        OptionalLong.of(nowMillis),
        OptionalLong.of(claimUntilMillis));
  }

  /** The same entry at its end. */
  public WaitEntry ended(EntryStatus how, long nowMillis, long forgetAtMillis) {
    return new WaitEntry(
        id,
        plan,
        ticket,
        email,
        shadow,
        how,
        joinedAtMillis,
        nowMillis,
        invitedAtMillis,
        OptionalLong.of(forgetAtMillis));
  }

  /** The same entry, in its own right. */
  public WaitEntry promoted() {
    return new WaitEntry(
        id,
        plan,
        ticket,
        email,
        false,
        status,
        joinedAtMillis,
        changedAtMillis,
        invitedAtMillis,
        dueAtMillis);
  }
}
