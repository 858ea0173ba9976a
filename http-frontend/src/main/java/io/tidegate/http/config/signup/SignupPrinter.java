package io.tidegate.http.config.signup;

import io.tidegate.http.config.yaml.Durations;
import io.tidegate.http.config.yaml.Section;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;

/** Shows what is said about the sale of plans, as YAML would give it. */
public final class SignupPrinter {

  private SignupPrinter() {}

  /** The sections in the order of the documentation. */
  public static Map<String, Object> print(SignupConfig signups) {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("joins_per_address_per_minute", signups.joinsPerAddressPerMinute());
    signups.pageUrl().ifPresent(url -> all.put("page_url", url.toString()));
    all.put("webhooks", signups.webhooks().stream().map(SignupPrinter::webhook).toList());
    signups.plans().forEach(plan -> all.put(plan.name(), plan(plan)));
    Map<String, Object> store = new LinkedHashMap<>();
    signups.store().url().ifPresent(url -> store.put("url", url));
    signups.store().user().ifPresent(user -> store.put("user", user));
    signups.store().password().ifPresent(secret -> store.put("password", Section.MASK));
    Map<String, Object> root = new LinkedHashMap<>();
    root.put("signups", all);
    root.put("store", store);
    return root;
  }

  private static Map<String, Object> webhook(WebhookConfig webhook) {
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("url", webhook.url().toString());
    result.put("secret", Section.MASK);
    return result;
  }

  private static Map<String, Object> plan(PlanConfig plan) {
    Map<String, Object> result = new LinkedHashMap<>();
    if (plan.terms().capacitySeats().isPresent()) {
      result.put("capacity_seats", (long) plan.terms().capacitySeats().getAsDouble());
    } else {
      result.put("capacity_seats", "unlimited");
    }
    if (plan.terms().perSubscriberSeats().isPresent()) {
      result.put("per_subscriber", plan.terms().perSubscriberSeats().getAsDouble());
    } else {
      result.put("per_subscriber", "learned");
    }
    OptionalLong places = plan.terms().places();
    result.put("places", places.isPresent() ? (Object) places.getAsLong() : "unlimited");
    result.put("channels", plan.channels());
    Map<String, Object> hold = new LinkedHashMap<>();
    plan.hold().forEach((channel, time) -> hold.put(channel, Durations.print(time)));
    result.put("hold", hold);
    result.put("grace", plan.grace().map(Durations::print).orElse("forever"));
    result.put("claim", Durations.print(plan.claim()));
    return result;
  }
}
