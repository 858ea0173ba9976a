package io.tidegate.http.live;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidegate.engine.limit.Objective;
import io.tidegate.http.config.GateConfig;
import java.util.OptionalInt;

/** What is aimed at, beside what is: the objective, and the shares of features. */
final class Aims {
  private Aims() {}

  static void addTo(ObjectNode second, GateConfig config, OptionalInt limitSeats) {
    Objective objective = config.limit().objective();
    second
        .putObject("objective")
        .put("first_token_millis", objective.firstToken().toMillis())
        .put("time_per_output_token_millis", objective.timePerOutputToken().toMillis());
    ObjectNode shares = second.putObject("feature_share_seats");
    if (limitSeats.isPresent()) {
      config
          .features()
          .forEach(
              feature ->
                  feature
                      .maxShare()
                      .ifPresent(
                          share ->
                              shares.put(feature.name(), (int) (share * limitSeats.getAsInt()))));
    }
  }
}
