package io.tidegate.loadtest.scenario;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;
import java.util.function.UnaryOperator;

/** One thing that a virtual user does. */
public sealed interface Step {

  /** Sends a request and waits for its end. */
  record Ask(ChatCall call) implements Step {}

  /** Thinks for so long, in nanoseconds. */
  record Pause(ToLongFunction<Session> nanos) implements Step {}

  /** Waits until so long after it was here before; the first time not at all. */
  record Pace(Duration interval) implements Step {}

  /** Changes what it knows. */
  record Change(UnaryOperator<Session> change) implements Step {}

  /** Takes the next record of a feeder. */
  record Feed(Feeder feeder) implements Step {}

  /** Does the same so many times. */
  record Repeat(ToIntFunction<Session> times, Optional<String> counter, List<Step> steps)
      implements Step {
    public Repeat {
      steps = List.copyOf(steps);
    }
  }

  /** Does the same for so long; what is begun is done to its end. */
  record During(Duration duration, List<Step> steps) implements Step {
    public During {
      steps = List.copyOf(steps);
    }
  }

  /** Does what is chosen. */
  record Choose(Function<Session, List<Step>> choice) implements Step {}

  /** The same steps under a name, which goes before those of their requests. */
  record Group(String name, List<Step> steps) implements Step {
    public Group {
      steps = List.copyOf(steps);
    }
  }

  /** Ends here if any request before was not answered whole. */
  enum ExitIfFailed implements Step {
    INSTANCE
  }
}
