package io.tidegate.http.signup;

import io.tidegate.engine.admission.RefusalReason;
import io.tidegate.engine.signup.desk.DeskSettings;
import io.tidegate.engine.signup.desk.SaleTerms;
import io.tidegate.engine.signup.desk.SignupDesk;
import io.tidegate.engine.signup.desk.upkeep.DeskGates;
import io.tidegate.engine.signup.desk.upkeep.ShedNotes;
import io.tidegate.engine.signup.desk.upkeep.Sweep;
import io.tidegate.engine.signup.desk.upkeep.TellShed;
import io.tidegate.engine.signup.gate.GateKeeping;
import io.tidegate.engine.signup.store.StoreException;
import io.tidegate.engine.signup.store.StoreSettings;
import io.tidegate.engine.tier.Subscriber;
import io.tidegate.engine.tier.TierTable;
import io.tidegate.http.config.GateConfig;
import io.tidegate.http.config.signup.PlanConfig;
import io.tidegate.http.config.signup.StoreConfig;
import io.tidegate.http.identity.Callers;
import io.tidegate.http.identity.KeySource;
import io.tidegate.http.proxy.OwnCalls;
import io.tidegate.http.signup.page.SignupPages;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import org.agrona.concurrent.SystemEpochClock;
import org.agrona.concurrent.SystemNanoClock;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.actor.Cancellable;
import org.apache.pekko.actor.typed.javadsl.Adapter;

/**
 * The store's part of a running gate: the desk, its calls, its keys, and the webhooks.
 *
 * <p>Threading: safe for all.
 */
public final class Signups implements AutoCloseable {
  private static final Duration TELL_EVERY = Duration.ofMillis(500);

  /** Refused subscribers of one commit. */
  private static final int SHEDS_AT_ONCE = 200;

  private static final CompletionStage<Integer> NOBODY = CompletableFuture.completedFuture(0);

  private final SignupDesk desk;
  private final Outbox outbox;
  private final Optional<ShedNotes> sheds;
  private final Cancellable telling;
  private CompletionStage<Integer> told = NOBODY;

  private Signups(SignupDesk desk, List<Webhook> listeners, ActorSystem system) {
    this.desk = desk;
    this.outbox = new Outbox(desk, listeners, SystemEpochClock.INSTANCE::time);
    this.sheds =
        listeners.isEmpty()
            ? Optional.empty()
            : Optional.of(new ShedNotes(SystemEpochClock.INSTANCE));
    this.telling =
        system
            .scheduler()
            .scheduleWithFixedDelay(TELL_EVERY, TELL_EVERY, this::tell, system.dispatcher());
  }

  /**
   * Opens the store, if a plan is sold, somebody is to be told of events, or one is configured;
   * else there is nothing to keep.
   *
   * @throws StoreException if somebody has to do something about the store first
   */
  public static Optional<Signups> start(GateConfig config, ActorSystem system)
      throws StoreException {
    StoreConfig store = config.signups().store();
    boolean needed = !config.signups().plans().isEmpty() || !config.signups().webhooks().isEmpty();
    if (!needed && store.url().isEmpty()) {
      return Optional.empty();
    }
    List<Webhook> listeners =
        config.signups().webhooks().stream()
            .map(webhook -> new Webhook(webhook.url(), webhook.secret()))
            .toList();
    SignupDesk desk =
        SignupDesk.start(
            StoreSettings.of(
                store.urlIn(config.dataDir()),
                store.user().orElse(""),
                store.password().orElse("")),
            DeskSettings.of(
                config.signups().plans().stream().map(Signups::terms).toList(),
                listeners.stream().map(Webhook::name).collect(Collectors.toSet())),
            SystemEpochClock.INSTANCE,
            new Sweep(),
            Adapter.toTyped(system));
    return Optional.of(new Signups(desk, listeners, system));
  }

  private static SaleTerms terms(PlanConfig plan) {
    // In the order of the channels: the first one counts where none is named.
    Map<String, Duration> holds = new LinkedHashMap<>();
    plan.channels().forEach(channel -> holds.put(channel, plan.hold().get(channel)));
    return new SaleTerms(plan.name(), plan.terms().places(), holds, plan.grace(), plan.claim());
  }

  /** The desk. */
  public SignupDesk desk() {
    return desk;
  }

  /** What the gates of the plans are kept by. */
  public GateKeeping gates() {
    return new DeskGates(desk);
  }

  /** What an operator does. */
  public DeskAdmin admin(GateConfig config) {
    return new DeskAdmin(desk, Set.copyOf(config.tiers().names()));
  }

  /** The keys of the store. */
  public KeySource keys(TierTable tiers) {
    return new StoreKeys(desk.keyBook(), tiers);
  }

  /** The calls of the data port. */
  public OwnCalls calls(GateConfig config, SignupPages pages) {
    SignupApi api =
        new SignupApi(
            desk,
            Set.copyOf(config.tiers().names()),
            config.signups().joinsPerAddressPerMinute(),
            SystemNanoClock.INSTANCE::nanoTime);
    return new SignupCalls(api, desk, pages);
  }

  /** Somebody known was refused; told later, if it was to protect the service. */
  public void refused(Subscriber subscriber, RefusalReason reason) {
    if (sheds.isPresent() && !Callers.isAnonymous(subscriber)) {
      sheds.get().refused(subscriber, reason);
    }
  }

  /** On one thread at a time: the scheduler begins no turn before the last one has ended. */
  private void tell() {
    if (told.toCompletableFuture().isDone()) {
      told = sheds.map(this::tell).orElse(NOBODY).thenCompose(written -> outbox.round());
    }
  }

  /** Writes refusals to the outbox; what the store does not take now, it is asked again. */
  private CompletionStage<Integer> tell(ShedNotes notes) {
    List<TellShed.Shed> some = notes.take(SHEDS_AT_ONCE);
    return some.isEmpty()
        ? NOBODY
        : desk.ask(new TellShed(some))
            .exceptionally(
                down -> {
                  notes.giveBack(some);
                  return 0;
                });
  }

  @Override
  public void close() {
    telling.cancel();
    desk.close();
  }
}
