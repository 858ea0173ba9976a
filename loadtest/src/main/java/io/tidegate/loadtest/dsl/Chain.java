package io.tidegate.loadtest.dsl;

import io.tidegate.loadtest.scenario.Step;
import java.util.List;

/** Steps that can be put into scenarios. */
public final class Chain extends ChainBuilder<Chain> {

  static final Chain EMPTY = new Chain(List.of());

  private final List<Step> steps;

  private Chain(List<Step> steps) {
    this.steps = steps;
  }

  @Override
  List<Step> steps() {
    return steps;
  }

  @Override
  Chain with(List<Step> newSteps) {
    return new Chain(newSteps);
  }
}
