package io.tidegate.http.config.admission.limit;

import io.tidegate.engine.limit.Objective;
import io.tidegate.http.config.yaml.Range;
import io.tidegate.http.config.yaml.Section;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Reads the limit and the objective, of which one decides what the other means. */
public final class LimitReader {

  private LimitReader() {}

  /**
   * Reads both.
   *
   * @param sum the seats of all upstreams, if each of them has some
   */
  public static LimitConfig read(Section root, OptionalInt sum) {
    Aims aims = root.section("objective", LimitReader::aims);
    boolean given = root.has("objective");
    return root.section("limit", section -> limit(section, sum, aims, given));
  }

  /** What answers are to keep to, and those of some models. */
  private record Aims(Objective usual, List<ModelObjective> models) {}

  private static Aims aims(Section section) {
    Objective usual = objective(section, Objective.defaults());
    List<ModelObjective> models = new ArrayList<>();
    section
        .sections("models", model -> objective(model, usual))
        .forEach((glob, objective) -> models.add(new ModelObjective(glob, objective)));
    if (models.size() > LimitConfig.MODEL_OBJECTIVES) {
      section.report(
          "models", models.size() + " are too many, allowed 0 to " + LimitConfig.MODEL_OBJECTIVES);
      models.clear();
    }
    return new Aims(usual, models);
  }

  private static Objective objective(Section section, Objective otherwise) {
    return new Objective(
        time(section, "first_token").orElse(otherwise.firstToken()),
        time(section, "time_per_output_token").orElse(otherwise.timePerOutputToken()));
  }

  private static Optional<Duration> time(Section section, String key) {
    return section.duration(key, LimitConfig.SHORTEST_OBJECTIVE, LimitConfig.LONGEST_OBJECTIVE);
  }

  private static LimitConfig limit(Section section, OptionalInt sum, Aims aims, boolean aimsGiven) {
    OptionalInt given = toInt(section.integer("seats", LimitConfig.SEATS));
    OptionalInt seats = given.isPresent() ? given : sum;
    LimitMode mode = mode(section, seats.isPresent(), aimsGiven);
    OptionalInt least = toInt(section.integer("min", LimitConfig.SEATS));
    int usualMax = Math.max(LimitConfig.DEFAULT_MAX, Math.max(seats.orElse(1), least.orElse(1)));
    int max = toInt(section.integer("max", LimitConfig.SEATS)).orElse(sum.orElse(usualMax));
    int min = least.orElse(Math.min(LimitConfig.DEFAULT_MIN, Math.min(max, seats.orElse(max))));
    if (min > max) {
      section.report("min", min + " is above limit.max, which is " + max);
      return LimitConfig.shadow();
    }
    if (mode == LimitMode.ADAPTIVE && seats.isPresent()) {
      Range range = new Range(min, max);
      if (given.isPresent() && !range.contains(given.getAsInt())) {
        section.report("seats", range.refusal(given.getAsInt()) + " by limit.min and limit.max");
      }
      seats = OptionalInt.of(Math.max(min, Math.min(max, seats.getAsInt())));
    }
    int maxWaiting =
        toInt(section.integer("max_waiting_per_class", LimitConfig.MAX_WAITING))
            .orElse(LimitConfig.DEFAULT_MAX_WAITING);
    return new LimitConfig(
        mode,
        seats,
        min,
        max,
        reserve(section, mode, seats),
        aims.usual(),
        aims.models(),
        maxWaiting);
  }

  /** Nobody is capped by surprise: without a number or an aim, what is computed is only shown. */
  private static LimitMode mode(Section section, boolean seatsKnown, boolean aims) {
    LimitMode fallback =
        aims ? LimitMode.ADAPTIVE : seatsKnown ? LimitMode.FIXED : LimitMode.SHADOW;
    Optional<String> word = section.text("mode");
    Optional<LimitMode> mode = word.flatMap(LimitMode::find);
    if (word.isPresent() && mode.isEmpty()) {
      section.report("mode", "`" + word.get() + "` is no mode, allowed " + LimitMode.words());
    }
    if (mode.isPresent() && mode.get() == LimitMode.FIXED && !seatsKnown) {
      if (!section.has("seats")) {
        section.report("mode", "fixed needs `limit.seats`, or `max_seats` of every upstream");
      }
      return fallback;
    }
    return mode.orElse(fallback);
  }

  private static OptionalInt reserve(Section section, LimitMode mode, OptionalInt seats) {
    OptionalInt reserve = toInt(section.integer("reserve", LimitConfig.RESERVE, "auto"));
    Range range = LimitConfig.reserveRange(mode, seats);
    if (reserve.isPresent() && !range.contains(reserve.getAsInt())) {
      section.report(
          "reserve",
          "%s, which is .3 of the %d seats"
              .formatted(range.refusal(reserve.getAsInt()), seats.getAsInt()));
      return OptionalInt.empty();
    }
    return reserve;
  }

  private static OptionalInt toInt(OptionalLong number) {
    return number.isPresent() ? OptionalInt.of((int) number.getAsLong()) : OptionalInt.empty();
  }
}
