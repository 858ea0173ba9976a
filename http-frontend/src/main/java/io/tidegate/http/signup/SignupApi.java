package io.tidegate.http.signup;

import io.tidegate.engine.signup.SubscriptionStatus;
import io.tidegate.engine.signup.desk.Answer;
import io.tidegate.engine.signup.desk.Keyed;
import io.tidegate.engine.signup.desk.Keyed.Shown;
import io.tidegate.engine.signup.desk.Refusal;
import io.tidegate.engine.signup.desk.Request;
import io.tidegate.engine.signup.desk.SignupDesk;
import io.tidegate.engine.signup.desk.UnavailableException;
import io.tidegate.engine.signup.desk.sale.ClaimInvite;
import io.tidegate.engine.signup.desk.sale.ConfirmPlace;
import io.tidegate.engine.signup.desk.sale.GiveBack;
import io.tidegate.engine.signup.desk.sale.HoldPlace;
import io.tidegate.engine.signup.desk.sale.PutSubscriber;
import io.tidegate.engine.signup.desk.sale.Subscribe;
import io.tidegate.engine.signup.desk.upkeep.IssueKey;
import io.tidegate.engine.signup.desk.waiting.Join;
import io.tidegate.engine.signup.desk.waiting.Leave;
import io.tidegate.http.signup.SignupCall.Wrong;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The calls under {@code /signup/v1/}: people read how plans are sold and join the wait-list; the
 * operator's own sign-up service, which shows a service key, sells.
 *
 * <p>Threading: safe for all; no call blocks.
 */
public final class SignupApi {

  /**
   * A call.
   *
   * @param path what follows {@code /signup/v1/}, without a query
   * @param idempotencyKey as sent
   * @param bearer the key that the caller shows
   */
  public record Call(
      String method,
      String path,
      Optional<String> idempotencyKey,
      Optional<String> bearer,
      String body,
      InetAddress from) {}

  /**
   * An answer.
   *
   * @param retryAfterSeconds when to come again; 0: nothing is said
   */
  public record Reply(int status, String body, long retryAfterSeconds) {}

  /** The largest body of a call, in bytes. */
  public static final int MAX_BODY_BYTES = 64 * 1024;

  private static final Logger LOG = LoggerFactory.getLogger(SignupApi.class);
  private static final long RETRY_SECONDS = 5;
  private static final Set<String> WANTED =
      Set.of("email", "plan", "channel", "invite", "payment_reference");

  private final SignupDesk desk;
  private final Set<String> tiers;
  private final AddressRate joins;
  private final LongSupplier nanoClock;

  /**
   * The calls of a desk.
   *
   * @param tiers the names that billing may give a plan
   * @param joinsPerAddressPerMinute how often one address may join
   * @param nanoClock the monotonic clock
   */
  public SignupApi(
      SignupDesk desk, Set<String> tiers, int joinsPerAddressPerMinute, LongSupplier nanoClock) {
    this.desk = desk;
    this.tiers = Set.copyOf(tiers);
    this.joins = new AddressRate(joinsPerAddressPerMinute);
    this.nanoClock = nanoClock;
  }

  /** Answers a call; the stage never fails. */
  public CompletionStage<Reply> answer(Call call) {
    try {
      return route(call).exceptionally(SignupApi::failed);
    } catch (Wrong wrong) {
      return done(wrong.error());
    } catch (IllegalArgumentException wrong) {
      return done(SignupError.invalid(400, "invalid_request", wrong.getMessage() + "."));
    }
  }

  private CompletionStage<Reply> route(Call call) throws Wrong {
    List<String> parts = Arrays.asList(call.path().split("/", -1));
    String what = parts.get(0);
    String shape = call.method() + " " + what + (parts.size() > 1 ? "/" + rest(parts) : "");
    return switch (shape) {
      case "POST waitlist" -> join(call);
      case "GET waitlist/ID" -> entry(parts.get(1));
      case "DELETE waitlist/ID" -> ask(new Leave(parts.get(1)), SignupReplies::changed);
      default -> serves(call) ? sale(call, parts, shape) : stranger();
    };
  }

  private static String rest(List<String> parts) {
    return parts.size() == 2 ? "ID" : "ID/" + String.join("/", parts.subList(2, parts.size()));
  }

  private CompletionStage<Reply> sale(Call call, List<String> parts, String shape) throws Wrong {
    return switch (shape) {
      case "POST places" -> hold(call);
      case "POST places/ID/confirm" -> confirm(call, parts.get(1));
      case "DELETE places/ID" -> ask(new GiveBack(parts.get(1)), SignupReplies::changed);
      case "POST subscriptions" -> subscribe(call);
      case "PUT subscribers/ID" -> put(call, parts.get(1));
      case "POST invites/ID/claim" -> claim(call, parts.get(1));
      default -> done(SignupError.invalid(404, "unknown_url", "There is no such call."));
    };
  }

  /** A stranger is not told which calls there are. */
  private static CompletionStage<Reply> stranger() {
    return done(
        new SignupError(
            401,
            SignupError.INVALID,
            "invalid_api_key",
            "This call needs the key of the sign-up service, as \"Authorization: Bearer KEY\".",
            Optional.empty()));
  }

  private boolean serves(Call call) {
    return call.bearer()
        .flatMap(key -> desk.keyBook().find(IssueKey.hash(key)))
        .filter(holder -> holder.subscription().isEmpty())
        .isPresent();
  }

  private CompletionStage<Reply> join(Call call) throws Wrong {
    SignupCall body = SignupCall.of(call.body(), Set.of("email", "plan"));
    Join join = new Join(body.email(), body.text("plan"));
    long wait = joins.take(call.from(), nanoClock.getAsLong());
    if (wait > 0) {
      SignupError error =
          new SignupError(
              429,
              "rate_limit_error",
              "too_many_joins",
              "Too many have joined from your address of late.",
              Optional.empty());
      return CompletableFuture.completedFuture(new Reply(429, error.json(), wait));
    }
    return keyed(call, "join", join);
  }

  private CompletionStage<Reply> entry(String id) {
    return desk.entry(id)
        .thenApply(
            found ->
                found
                    .map(view -> new Reply(200, SignupJson.entry(view).toString(), 0))
                    .orElseGet(() -> reply(SignupReplies.refused(Refusal.UNKNOWN_ENTRY))));
  }

  private CompletionStage<Reply> hold(Call call) throws Wrong {
    SignupCall body = SignupCall.of(call.body(), WANTED);
    HoldPlace hold =
        new HoldPlace(
            body.email(),
            body.text("plan"),
            body.optionalText("channel"),
            body.optionalText("invite"));
    return keyed(call, "place", hold);
  }

  private CompletionStage<Reply> confirm(Call call, String id) throws Wrong {
    SignupCall body = SignupCall.of(call.body(), Set.of("payment_reference"));
    return keyed(call, "confirm " + id, new ConfirmPlace(id, body.text("payment_reference")));
  }

  private CompletionStage<Reply> subscribe(Call call) throws Wrong {
    SignupCall body = SignupCall.of(call.body(), WANTED);
    Subscribe subscribe =
        new Subscribe(
            body.email(),
            body.text("plan"),
            body.optionalText("channel"),
            body.optionalText("invite"),
            body.optionalText("payment_reference"));
    return keyed(call, "subscription", subscribe);
  }

  private CompletionStage<Reply> claim(Call call, String token) throws Wrong {
    SignupCall body = SignupCall.of(call.body(), Set.of("channel"));
    return keyed(call, "claim " + token, new ClaimInvite(token, body.optionalText("channel")));
  }

  private CompletionStage<Reply> put(Call call, String id) throws Wrong {
    return ask(put(id, call.body(), tiers), SignupReplies::changed);
  }

  /** Billing's word as a request; the operator's command sends the same. */
  static PutSubscriber put(String id, String text, Set<String> tiers) throws Wrong {
    SignupCall body = SignupCall.of(text, Set.of("plan", "status", "subscribed_at", "email"));
    Optional<String> plan = body.optionalText("plan");
    if (plan.isPresent() && !tiers.contains(plan.get())) {
      throw new Wrong(SignupError.field("plan", "There is no such plan; there are " + tiers + "."));
    }
    return new PutSubscriber(
        id, plan, subscriptionStatus(body), body.optionalEmail(), body.time("subscribed_at"));
  }

  private static Optional<SubscriptionStatus> subscriptionStatus(SignupCall body) throws Wrong {
    Optional<String> given = body.optionalText("status");
    if (given.isEmpty()) {
      return Optional.empty();
    }
    for (SubscriptionStatus known : SubscriptionStatus.values()) {
      if (SignupJson.label(known).equals(given.get().toLowerCase(Locale.ROOT))) {
        return Optional.of(known);
      }
    }
    throw new Wrong(SignupError.field("status", "`status` is `active` or `cancelled`."));
  }

  private CompletionStage<Reply> keyed(Call call, String name, Request<Answer> request) {
    if (call.idempotencyKey().isEmpty()) {
      return ask(request, SignupReplies::shown);
    }
    return desk.ask(
            new Keyed<>(
                request,
                name,
                call.idempotencyKey().get(),
                call.body(),
                SignupReplies::shown,
                SignupReplies.refused(Refusal.KEY_REUSED)))
        .thenApply(SignupApi::reply);
  }

  private CompletionStage<Reply> ask(Request<Answer> request, Function<Answer, Shown> shown) {
    return desk.ask(request).thenApply(answer -> reply(shown.apply(answer)));
  }

  private static Reply reply(Shown shown) {
    return new Reply(shown.status(), shown.body(), 0);
  }

  private static Reply failed(Throwable failure) {
    Throwable cause = failure instanceof CompletionException wrapped ? wrapped.getCause() : failure;
    if (cause instanceof UnavailableException) {
      String message = "Sign-ups cannot be taken at the moment; nothing that was taken is lost.";
      return new Reply(503, SignupError.unavailable(message).json(), RETRY_SECONDS);
    }
    LOG.error("a sign-up call failed", cause);
    SignupError error =
        new SignupError(
            500,
            "server_error",
            "internal_error",
            "The request failed inside this server.",
            Optional.empty());
    return new Reply(500, error.json(), 0);
  }

  private static CompletionStage<Reply> done(SignupError error) {
    return CompletableFuture.completedFuture(new Reply(error.status(), error.json(), 0));
  }
}
