package io.tidegate.engine.signup.gate;

import java.util.List;

/**
 * What a gate has decided at one tick.
 *
 * @param changes what changed, oldest first
 * @param invites how many people of the wait-list are to be invited now, first come first; more
 *     than are waiting means all
 */
public record Decision(List<GateChange> changes, long invites) {

  public Decision {
    changes = List.copyOf(changes);
    if (invites < 0) {
      throw new IllegalArgumentException("invites: " + invites);
    }
  }
}
