package io.tidegate.bench.session;

import io.tidegate.engine.admission.AdmissionRequest;
import io.tidegate.engine.quota.Denial;
import io.tidegate.engine.quota.Holding;
import io.tidegate.engine.quota.QuotaSettings;
import io.tidegate.engine.quota.Quotas;
import io.tidegate.engine.quota.TierQuotas;
import io.tidegate.engine.session.SessionSettings;
import io.tidegate.engine.session.Sessions;
import io.tidegate.engine.session.Visit;
import io.tidegate.engine.tier.Subscriber;
import io.tidegate.engine.tier.Tier;
import io.tidegate.engine.tier.TierTable;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;

/**
 * Many subscribers with some sessions each. Every request brings strings of its own, as a front end
 * makes them from bytes.
 */
final class Crowd {
  static final TierTable TIERS = TierTable.defaults();
  private static final int LIMIT_SEATS = 1_000;

  private static final int MAX_SUBSCRIBERS = 2_000_000;
  // Spreads session numbers over a name's digits.
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  private final Quotas quotas;
  private final Sessions sessions;
  private final int each;
  private final boolean named;

  /**
   * Nobody has come yet.
   *
   * @param each sessions of one subscriber
   * @param named whether sessions have names, of 36 characters, or the subscriber's only one has
   *     none
   * @param rates whether subscribers have requests and tokens a minute, so many that nobody is
   *     refused
   */
  Crowd(int each, boolean named, boolean rates, long nowNanos) {
    this.each = each;
    this.named = named;
    SessionSettings settings = SessionSettings.defaults();
    this.quotas = new Quotas(quotas(each, rates), settings.shards());
    this.sessions = new Sessions(settings, quotas, nowNanos);
  }

  /** What everybody is entitled to. */
  static QuotaSettings quotas(int each, boolean rates) {
    TierQuotas tier =
        rates
            ? new TierQuotas(
                OptionalInt.of(MAX_SUBSCRIBERS),
                OptionalInt.of(each + 1),
                OptionalInt.of(8),
                OptionalInt.of(1_000_000),
                OptionalLong.of(1_000_000_000))
            : TierQuotas.unlimited();
    return new QuotaSettings(List.of(tier, tier, tier), List.of(), MAX_SUBSCRIBERS);
  }

  /** A request of that session, of subscribers with so many each. */
  static AdmissionRequest request(int session, int each, boolean named) {
    int subscriber = session / each;
    AdmissionRequest request =
        AdmissionRequest.of(
            new Subscriber("subscriber-" + subscriber, TIERS.tiers().get(subscriber % 3)));
    return named ? request.withSession(new UUID(session * GOLDEN, session).toString()) : request;
  }

  /** Lets a request of that session come, be admitted and end: opens the session, or renews it. */
  void visit(int session, long nowNanos) {
    visit(request(session, each, named), nowNanos);
  }

  /** The same with a request that is there already. */
  void visit(AdmissionRequest request, long nowNanos) {
    Tier tier = request.subscriber().tier();
    Holding holding = new Holding();
    Visit visit = new Visit();
    if (quotas.take(holding, request, tier, LIMIT_SEATS, nowNanos) != Denial.NONE
        || sessions.enter(visit, request.session(), holding.account(), tier, nowNanos)
            != Denial.NONE) {
      throw new IllegalStateException(request.session() + " was denied");
    }
    visit.admitted();
    visit.ended(nowNanos);
    holding.finish(10, 10, nowNanos);
  }

  /** Ends that request's session. */
  void end(AdmissionRequest request) {
    if (!sessions.end(request.session())) {
      throw new IllegalStateException(request.session() + " was not open");
    }
  }

  long open() {
    return TIERS.tiers().stream().mapToLong(sessions::open).sum();
  }

  /** Does all that is due in every shard. */
  void step(long nowNanos) {
    for (int shard = 0; shard < sessions.shards(); shard++) {
      while (sessions.step(shard, 1_000, nowNanos)) {}
    }
  }
}
