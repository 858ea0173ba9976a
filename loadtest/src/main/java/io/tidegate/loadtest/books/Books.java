package io.tidegate.loadtest.books;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A gate's counters of requests by tier, at one moment or of the time between two.
 *
 * @param tiers by name, in the order of the page
 */
public record Books(Map<String, Account> tiers) {

  /** A sample of the text format: name, labels, value. */
  private static final Pattern SAMPLE =
      Pattern.compile("tidegate_(\\w+)\\{([^}]*)}\\s+([0-9.eE+]+)(\\s.*)?");

  private static final Pattern TIER = Pattern.compile("(?:^|,)tier=\"([^\"]*)\"");

  public Books {
    tiers = Map.copyOf(tiers);
  }

  /**
   * Reads a metrics page in Prometheus' text format; what it does not know it passes over.
   *
   * @return no tiers at all if it is not a gate's
   */
  public static Books parse(String page) {
    Map<String, Account> tiers = new LinkedHashMap<>();
    page.lines()
        .forEach(
            line -> {
              Matcher sample = SAMPLE.matcher(line);
              Matcher tier = TIER.matcher(sample.matches() ? sample.group(2) : "");
              if (tier.find()) {
                long value = Math.round(Double.parseDouble(sample.group(3)));
                tiers.merge(tier.group(1), Account.of(sample.group(1), value), Account::plus);
              }
            });
    return new Books(tiers);
  }

  /** What was counted since then; of what waits and runs, what does now. */
  public Books since(Books before) {
    Map<String, Account> counted = new LinkedHashMap<>();
    tiers.forEach(
        (name, account) ->
            counted.put(name, account.since(before.tiers.getOrDefault(name, Account.EMPTY))));
    return new Books(counted);
  }

  /** All tiers together. */
  public Account all() {
    return tiers.values().stream().reduce(Account.EMPTY, Account::plus);
  }

  /** Whether nobody waits and nothing runs, so that all sums must be exact. */
  public boolean atRest() {
    return tiers.values().stream().allMatch(one -> one.waiting() == 0 && one.inflightSeats() == 0);
  }

  /** Every tier whose sums are wrong, in a sentence each; none if the books add up. */
  public List<String> errors() {
    List<String> errors = new ArrayList<>();
    tiers.forEach((name, account) -> account.errors().forEach(e -> errors.add(name + ": " + e)));
    return errors;
  }

  /**
   * One tier.
   *
   * @param offered requests whose tier was known
   * @param admitted of them
   * @param refused of them, for whatever reason
   * @param leftQueue whose clients left while they waited
   * @param completed of those admitted, however they ended
   * @param waiting now
   * @param inflightSeats held now
   */
  public record Account(
      long offered,
      long admitted,
      long refused,
      long leftQueue,
      long completed,
      long waiting,
      long inflightSeats) {

    static final Account EMPTY = new Account(0, 0, 0, 0, 0, 0, 0);

    static Account of(String metric, long value) {
      return switch (metric) {
        case "offered_total" -> new Account(value, 0, 0, 0, 0, 0, 0);
        case "admitted_total" -> new Account(0, value, 0, 0, 0, 0, 0);
        case "refused_total" -> new Account(0, 0, value, 0, 0, 0, 0);
        case "left_queue_total" -> new Account(0, 0, 0, value, 0, 0, 0);
        case "completed_total" -> new Account(0, 0, 0, 0, value, 0, 0);
        case "queue_length" -> new Account(0, 0, 0, 0, 0, value, 0);
        case "inflight_seats" -> new Account(0, 0, 0, 0, 0, 0, value);
        default -> EMPTY;
      };
    }

    Account plus(Account other) {
      return new Account(
          offered + other.offered,
          admitted + other.admitted,
          refused + other.refused,
          leftQueue + other.leftQueue,
          completed + other.completed,
          waiting + other.waiting,
          inflightSeats + other.inflightSeats);
    }

    Account since(Account before) {
      return new Account(
          offered - before.offered,
          admitted - before.admitted,
          refused - before.refused,
          leftQueue - before.leftQueue,
          completed - before.completed,
          waiting,
          inflightSeats);
    }

    private List<String> errors() {
      List<String> errors = new ArrayList<>();
      if (offered != admitted + refused + leftQueue + waiting) {
        errors.add(
            "offered %d, but admitted %d, refused %d, left the queue %d and waiting %d"
                .formatted(offered, admitted, refused, leftQueue, waiting));
      }
      if (inflightSeats == 0 && admitted != completed) {
        errors.add(
            "admitted %d, but completed %d and none in flight".formatted(admitted, completed));
      }
      return errors;
    }
  }
}
