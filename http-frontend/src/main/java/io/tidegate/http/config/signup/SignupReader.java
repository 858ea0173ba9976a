package io.tidegate.http.config.signup;

import io.tidegate.engine.signup.ledger.PlanTerms;
import io.tidegate.http.config.yaml.Section;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Reads the sections {@code signups} and {@code store}. */
public final class SignupReader {

  /** What stands in the file for the data directory; the environment has no such name. */
  public static final String DATA_DIR = "data_dir";

  private static final String DATA_DIR_REFERENCE = "${" + DATA_DIR + "}";
  private static final Pattern CHANNEL = Pattern.compile("[a-z][a-z0-9_-]{0,31}");

  private SignupReader() {}

  /**
   * Reads both; what is wrong is reported and replaced by its default.
   *
   * @param tiers the names a plan may have
   * @param dataDir what a reference to it in the store's URL stands for
   */
  public static SignupConfig read(Section root, List<String> tiers, Path dataDir) {
    StoreConfig store = root.section("store", section -> store(section, dataDir));
    return root.section("signups", section -> signups(section, tiers, store));
  }

  private static SignupConfig signups(Section section, List<String> tiers, StoreConfig store) {
    int joins =
        (int)
            section
                .integer("joins_per_address_per_minute", SignupRanges.JOINS)
                .orElse(SignupRanges.DEFAULT_JOINS);
    Optional<URI> page = section.text("page_url").flatMap(text -> url(section, "page_url", text));
    List<WebhookConfig> webhooks = section.items("webhooks", SignupReader::webhook);
    if (webhooks.size() > SignupRanges.WEBHOOKS) {
      section.report(
          "webhooks", webhooks.size() + " are too many, allowed 0 to " + SignupRanges.WEBHOOKS);
      webhooks = List.of();
    }
    Map<String, Function<String, PlanConfig>> plans = section.named(tiers, SignupReader::plan);
    return new SignupConfig(
        plans.entrySet().stream().map(plan -> plan.getValue().apply(plan.getKey())).toList(),
        joins,
        page,
        webhooks,
        store);
  }

  private static Function<String, PlanConfig> plan(Section section) {
    OptionalLong capacity =
        section.integer("capacity_seats", SignupRanges.CAPACITY_SEATS, "unlimited");
    OptionalDouble per =
        section.decimal("per_subscriber", SignupRanges.MOST_PER_SUBSCRIBER, "learned");
    OptionalLong places = section.integer("places", SignupRanges.PLACES, "unlimited");
    List<String> channels = channels(section);
    Map<String, Duration> hold = section.section("hold", inner -> holds(inner, channels));
    Optional<Duration> grace =
        section.duration(
            "grace", SignupRanges.SHORTEST_GRACE, SignupRanges.LONGEST_GRACE, "forever");
    Duration claim =
        section
            .duration("claim", SignupRanges.SHORTEST, SignupRanges.LONGEST)
            .orElse(SignupRanges.CLAIM);
    OptionalDouble seats =
        capacity.isPresent()
            ? OptionalDouble.of((double) capacity.getAsLong())
            : OptionalDouble.empty();
    return name ->
        new PlanConfig(new PlanTerms(name, seats, per, places), channels, hold, grace, claim);
  }

  private static List<String> channels(Section section) {
    List<String> given = section.words("channels").orElse(List.of(SignupRanges.CARD));
    List<String> channels = new ArrayList<>();
    for (String channel : given) {
      if (!CHANNEL.matcher(channel).matches()) {
        section.report("channels", "`" + channel + "` is no name, it needs the form of a tier's");
      } else if (channels.contains(channel)) {
        section.report("channels", "`" + channel + "` appears twice");
      } else {
        channels.add(channel);
      }
    }
    if (given.size() > SignupRanges.CHANNELS) {
      section.report(
          "channels", given.size() + " are too many, allowed 1 to " + SignupRanges.CHANNELS);
    } else if (given.isEmpty()) {
      section.report("channels", "is empty, a plan is paid for somehow");
    }
    return channels.isEmpty() ? List.of(SignupRanges.CARD) : channels;
  }

  private static Map<String, Duration> holds(Section section, List<String> channels) {
    Map<String, Duration> given =
        section.durations(channels, SignupRanges.SHORTEST, SignupRanges.LONGEST);
    Map<String, Duration> hold = new LinkedHashMap<>();
    for (String channel : channels) {
      Duration otherwise =
          channel.equals(SignupRanges.CARD) ? SignupRanges.CARD_HOLD : SignupRanges.OTHER_HOLD;
      hold.put(channel, given.getOrDefault(channel, otherwise));
    }
    return hold;
  }

  private static Optional<WebhookConfig> webhook(Section item) {
    Optional<URI> url = item.required("url").flatMap(text -> url(item, "url", text));
    Optional<String> secret = item.secret("secret");
    if (secret.isEmpty() && !item.has("secret")) {
      item.report("secret", "is missing");
    }
    return url.isPresent() && secret.isPresent()
        ? Optional.of(new WebhookConfig(url.get(), secret.get()))
        : Optional.empty();
  }

  private static Optional<URI> url(Section section, String key, String text) {
    try {
      URI url = new URI(text);
      boolean http = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
      if (http && url.getHost() != null) {
        return Optional.of(url);
      }
    } catch (URISyntaxException e) {
      // told below, as any other text that is none
    }
    section.report(key, "is not a URL that begins with http:// or https:// and names a host");
    return Optional.empty();
  }

  private static StoreConfig store(Section section, Path dataDir) {
    Optional<String> url =
        section
            .text("url")
            .map(text -> text.replace(DATA_DIR_REFERENCE, dataDir.toAbsolutePath().toString()));
    if (url.isPresent() && !StoreConfig.known(url.get())) {
      section.report(
          "url",
          "begins neither with "
              + StoreConfig.H2_FILE
              + " nor with "
              + StoreConfig.POSTGRESQL
              + ", other databases are not supported");
      url = Optional.empty();
    }
    return new StoreConfig(url, section.text("user"), section.secret("password"));
  }
}
