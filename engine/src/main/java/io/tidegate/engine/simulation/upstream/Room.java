package io.tidegate.engine.simulation.upstream;

/** What the requests that an upstream has taken in fill of it. */
final class Room {
  private int seats;
  private long heldTokens;
  private long entered;

  <W extends Work> W enter(W work) {
    work.order = entered++;
    seats += work.seats;
    heldTokens += work.heldTokens();
    return work;
  }

  void grow(int tokens) {
    heldTokens += tokens;
  }

  void leave(Work work) {
    seats -= work.seats;
    heldTokens -= work.heldTokens();
  }

  int seats() {
    return seats;
  }

  long heldTokens() {
    return heldTokens;
  }
}
