package io.tidegate.engine.simulation.scenario;

/** What sets an upstream, or what is asked of it, apart from the plain model. */
public enum Trait {
  /** Nothing. */
  PLAIN,
  /** The prompt of a conversation's later turn is known but for a fifth, which has to be read. */
  PREFIX_CACHE,
  /**
   * Memory is full when prompts and answers so far fill it; whoever came last is thrown out then,
   * and begins again later with all that was said.
   */
  PREEMPTION,
  /** Four upstreams, of which one gets a third more conversations than each of the others. */
  UNEVEN,
  /** One conversation in ten takes four times as much of the upstream, and asks for four seats. */
  COSTLY,
  /** One subscriber in five gets answers four times as long as the others'. */
  WORDY
}
