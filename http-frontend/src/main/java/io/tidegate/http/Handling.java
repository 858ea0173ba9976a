package io.tidegate.http;

import io.tidegate.engine.Engine;
import io.tidegate.engine.admission.RefusalReason;
import io.tidegate.engine.signup.watch.Gates;
import io.tidegate.engine.tier.Subscriber;
import io.tidegate.http.access.Visits;
import io.tidegate.http.config.GateConfig;
import io.tidegate.http.identity.Callers;
import io.tidegate.http.identity.KeySource;
import io.tidegate.http.proxy.OwnCalls;
import io.tidegate.http.proxy.Proxy;
import io.tidegate.http.proxy.UpstreamRequests;
import io.tidegate.http.proxy.asked.AdmissionRequests;
import io.tidegate.http.proxy.asked.FeatureRules;
import io.tidegate.http.proxy.asked.ModelLeeways;
import io.tidegate.http.relay.HeldBodies;
import io.tidegate.http.relay.Relay;
import io.tidegate.http.reply.Replies;
import io.tidegate.http.signup.Signups;
import io.tidegate.http.signup.page.SignupPages;
import io.tidegate.http.upstream.Upstreams;
import io.tidegate.http.upstream.address.Names;
import io.tidegate.http.upstream.models.ModelLists;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.agrona.concurrent.SystemEpochClock;
import org.apache.pekko.actor.ActorSystem;

/**
 * How requests are handled: an immutable whole that each request takes as it is when it comes, and
 * that is made anew when the configuration changes.
 *
 * <p>Upstreams that are configured as before are kept, with their connections and what is known of
 * their health. A request under way finishes with those that it began with.
 *
 * <p>Threading: safe for all; {@link #change} one call at a time.
 */
final class Handling implements AutoCloseable {

  /** What belongs together: nobody sees the one without the other. */
  private record Current(
      GateConfig config, Upstreams upstreams, Callers callers, Relay.Rooms rooms) {}

  private final ActorSystem system;
  private final Engine engine;
  private final HeldBodies bodies;
  private final String scheme;
  private final Names names;
  private final Visits visits;
  private final Replies replies;
  private final OwnCalls own;
  private final BiConsumer<Subscriber, RefusalReason> refusals;
  private volatile Current current;

  /**
   * Begins to handle requests.
   *
   * @param scheme in which clients ask, {@code http} or {@code https}
   * @param signups the store's part; empty: there is no store
   * @param visits who sees requests
   * @param names how the upstreams' addresses are found
   */
  Handling(
      ActorSystem system,
      Engine engine,
      Gates gates,
      HeldBodies bodies,
      String scheme,
      GateConfig config,
      Optional<Signups> signups,
      Names names,
      Visits visits) {
    this.names = names;
    this.visits = visits;
    this.system = system;
    this.engine = engine;
    this.bodies = bodies;
    this.scheme = scheme;
    boolean sold = !gates.plans().isEmpty();
    String page = config.signups().pageUrl().map(URI::toString).orElse(SignupPages.PATH);
    this.replies = new Replies(engine.tiers(), sold ? Optional.of(page) : Optional.empty());
    SignupPages sale =
        new SignupPages(sold, gates::views, id -> Optional.empty(), SystemEpochClock.INSTANCE);
    this.own = signups.map(open -> open.calls(config, sale)).orElse(sale);
    this.refusals =
        signups
            .<BiConsumer<Subscriber, RefusalReason>>map(open -> open::refused)
            .orElse((subscriber, reason) -> {});
    List<KeySource> keys =
        signups.map(open -> List.of(open.keys(engine.tiers()))).orElse(List.of());
    this.current =
        with(config, started(config), Callers.of(config.identity(), engine.tiers(), keys));
  }

  Relay.Rooms rooms() {
    return current.rooms();
  }

  Upstreams upstreams() {
    return current.upstreams();
  }

  /** Handles requests that come from now on by another configuration. */
  void change(GateConfig config) {
    Current before = current;
    boolean same =
        before.config().upstreams().equals(config.upstreams())
            && before.config().timeouts().connect().equals(config.timeouts().connect());
    boolean sameCallers = before.config().identity().equals(config.identity());
    Callers callers =
        sameCallers
            ? before.callers()
            : before
                .callers()
                .change(before.config().identity(), config.identity(), engine.tiers());
    current = with(config, same ? before.upstreams() : started(config), callers);
    if (!same) {
      before.upstreams().close();
    }
  }

  private Upstreams started(GateConfig config) {
    return Upstreams.start(system, config.upstreams(), config.timeouts(), names);
  }

  private Current with(GateConfig config, Upstreams upstreams, Callers callers) {
    FeatureRules features = FeatureRules.of(config.features(), engine.tiers());
    Proxy proxy =
        new Proxy(
            engine,
            new AdmissionRequests(
                features, ModelLeeways.of(config.limit()), config.sessions(), config.bodies()),
            callers,
            upstreams,
            new ModelLists(upstreams, system),
            replies,
            config.listen(),
            own,
            refusals,
            visits);
    return new Current(
        config,
        upstreams,
        callers,
        new Relay.Rooms(
            proxy,
            upstreams,
            new UpstreamRequests(upstreams, scheme, config.identity().trustedHeaderNames()),
            replies,
            bodies,
            config.timeouts(),
            config.transport().direct() && config.listen().tls().isEmpty()));
  }

  @Override
  public void close() {
    current.upstreams().close();
    current.callers().close();
  }
}
