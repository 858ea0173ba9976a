package io.tidegate.http.signup.page;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidegate.engine.signup.gate.GateView;
import io.tidegate.engine.signup.gate.order.Announcement;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;

/** The answer to {@code GET /signup/v1/status}: how every plan is sold. */
public final class StatusJson {
  private static final ObjectMapper JSON = new ObjectMapper();

  private StatusJson() {}

  /** Every plan under {@code plans}, and the fields of the first one at the top. */
  public static String of(List<GateView> plans) {
    ObjectNode root = JSON.createObjectNode();
    plans.stream().findFirst().ifPresent(first -> put(root, first));
    ObjectNode all = root.putObject("plans");
    plans.forEach(plan -> put(all.putObject(plan.plan()), plan));
    return root + "\n";
  }

  /** One plan. */
  public static String of(GateView plan) {
    ObjectNode root = JSON.createObjectNode().put("plan", plan.plan());
    put(root, plan);
    return root + "\n";
  }

  /** Puts all that everybody may know of a plan into a node. */
  public static void put(ObjectNode node, GateView plan) {
    node.put("state", plan.state().label());
    node.put("since", time(plan.sinceEpochMillis()));
    putTime(node, "until", plan.untilEpochMillis());
    if (plan.expectedResume().filter(expected -> expected.known()).isPresent()) {
      node.putArray("expected_resume")
          .add(time(plan.expectedResume().get().fromEpochMillis().getAsLong()))
          .add(time(plan.expectedResume().get().toEpochMillis().getAsLong()));
    } else {
      node.putNull("expected_resume");
    }
    node.put(
        "expected_resume_basis",
        plan.expectedResume().map(expected -> expected.basis().sentence()).orElse(null));
    node.put("cause", plan.cause().label());
    node.put("reason", plan.reason().orElse(null));
    node.put("waiting", plan.waiting());
    if (plan.placesLeft().isPresent()) {
      node.put("places_left", plan.placesLeft().getAsLong());
    } else {
      node.putNull("places_left");
    }
    if (plan.announced().isPresent()) {
      Announcement next = plan.announced().get();
      ObjectNode announced = node.putObject("announced");
      announced.put("state", next.state().label()).put("at", time(next.atEpochMillis()));
      putTime(announced, "until", next.untilEpochMillis());
      announced.put("reason", next.reason().orElse(null));
    } else {
      node.putNull("announced");
    }
  }

  private static void putTime(ObjectNode node, String name, OptionalLong epochMillis) {
    if (epochMillis.isPresent()) {
      node.put(name, time(epochMillis.getAsLong()));
    } else {
      node.putNull(name);
    }
  }

  private static String time(long epochMillis) {
    return Instant.ofEpochMilli(epochMillis).toString();
  }
}
