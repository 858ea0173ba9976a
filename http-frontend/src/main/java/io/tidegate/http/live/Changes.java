package io.tidegate.http.live;

import io.tidegate.engine.control.ControlSnapshot;
import io.tidegate.engine.control.SurgeState.Level;
import io.tidegate.engine.signup.gate.GateView;
import io.tidegate.engine.signup.gate.order.SignupState;
import io.tidegate.http.live.Events.Kind;
import io.tidegate.http.upstream.Upstream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * Notes what changed since the second before: the limit, the surge, which upstreams can be reached,
 * and pauses of the garbage collector that people may have felt.
 *
 * <p>Not thread-safe.
 */
final class Changes {
  private static final long LONG_PAUSE_MILLIS = 50;
  // A limit that creeps is seen in its own chart; the lane tells of leaps.
  private static final double LEAP = .10;

  private final Events events;
  private final Map<String, Boolean> healthyBefore = new HashMap<>();
  private final Map<String, SignupState> saleBefore = new HashMap<>();
  private OptionalInt limitBefore = OptionalInt.empty();
  private Level levelBefore = Level.CALM;
  private boolean drainingBefore;
  private boolean begun;

  Changes(Events events) {
    this.events = events;
  }

  void look(
      ControlSnapshot control,
      boolean draining,
      List<Upstream> upstreams,
      long longestPauseMillis) {
    limit(control);
    Level level = control.surge().level();
    if (level != levelBefore) {
      events.note(Kind.SURGE, level.label());
      levelBefore = level;
    }
    if (draining && !drainingBefore) {
      events.note(Kind.DRAIN, "draining: no new requests are taken");
      drainingBefore = true;
    }
    for (Upstream upstream : upstreams) {
      health(upstream);
    }
    if (longestPauseMillis >= LONG_PAUSE_MILLIS) {
      events.note(Kind.PAUSE, "the garbage collector paused for " + longestPauseMillis + " ms");
    }
    begun = true;
  }

  /** Notes which plans are sold otherwise than before. */
  void look(List<GateView> sales) {
    for (GateView plan : sales) {
      SignupState before = saleBefore.put(plan.plan(), plan.state());
      if (before != null && before != plan.state()) {
        events.note(
            Kind.SIGNUPS,
            "sign-ups for %s: %s, %s%s"
                .formatted(
                    plan.plan(),
                    plan.state().label(),
                    plan.cause().label(),
                    plan.reason().map(": "::concat).orElse("")));
      }
    }
  }

  private void limit(ControlSnapshot control) {
    OptionalInt now = control.limitSeats();
    if (begun && !isNear(limitBefore, now)) {
      events.note(
          Kind.LIMIT,
          "limit from %s to %s seats: %s"
              .formatted(seats(limitBefore), seats(now), control.limit().reason()));
      limitBefore = now;
    } else if (!begun) {
      limitBefore = now;
    }
  }

  private static boolean isNear(OptionalInt before, OptionalInt now) {
    if (before.isEmpty() || now.isEmpty()) {
      return before.equals(now);
    }
    return Math.abs(now.getAsInt() - before.getAsInt()) < Math.max(1, LEAP * before.getAsInt());
  }

  private static String seats(OptionalInt limit) {
    return limit.isPresent() ? Integer.toString(limit.getAsInt()) : "unlimited";
  }

  private void health(Upstream upstream) {
    String name = upstream.config().name();
    boolean healthy = upstream.healthy();
    Boolean before = healthyBefore.put(name, healthy);
    if (before != null && before != healthy) {
      events.note(Kind.UPSTREAM, name + (healthy ? " is back" : " is lost"));
    }
  }
}
