package io.tidegate.http.signup;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidegate.engine.signup.ApiKey;
import io.tidegate.engine.signup.Email;
import io.tidegate.engine.signup.EntryView;
import io.tidegate.engine.signup.Subscription;
import io.tidegate.engine.signup.WaitEntry;
import io.tidegate.engine.signup.desk.Answer;
import io.tidegate.engine.signup.desk.Refusal;
import io.tidegate.engine.signup.desk.Request;
import io.tidegate.engine.signup.desk.SignupDesk;
import io.tidegate.engine.signup.desk.UnavailableException;
import io.tidegate.engine.signup.desk.upkeep.ErasePerson;
import io.tidegate.engine.signup.desk.upkeep.IssueKey;
import io.tidegate.engine.signup.desk.upkeep.RevokeKey;
import io.tidegate.engine.signup.desk.waiting.InviteOne;
import io.tidegate.engine.signup.desk.waiting.Leave;
import io.tidegate.engine.signup.store.table.EntryTable;
import io.tidegate.engine.signup.store.table.KeyTable;
import io.tidegate.engine.signup.store.table.OutboxTable;
import io.tidegate.engine.signup.store.table.SubscriberTable;
import io.tidegate.http.signup.SignupApi.Reply;
import io.tidegate.http.signup.SignupCall.Wrong;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What an operator does at the desk: keys, subscribers, wait-list, and events that nobody took.
 *
 * <p>A list comes in pages of a thousand: {@code more} says whether there are others behind, and
 * {@code next} what to give as {@code after} to get them.
 *
 * <p>Threading: safe for all. It waits for the store, so not for a thread that may not.
 */
public final class DeskAdmin {

  /** So many of anything are shown at once. */
  private static final int PAGE = 1000;

  private static final String ENTRY = "wle_";
  private static final int PATIENCE_SECONDS = 10;

  private final SignupDesk desk;
  private final Set<String> tiers;

  DeskAdmin(SignupDesk desk, Set<String> tiers) {
    this.desk = desk;
    this.tiers = tiers;
  }

  /** Keys behind that id, without what they are. */
  public Reply keys(String after) {
    return page(
        "keys",
        desk.look((connection, fingerprints) -> new KeyTable(connection).page(after, PAGE + 1)),
        DeskAdmin::key,
        ApiKey::id);
  }

  /** Makes a key: of the body's {@code subscriber}, or with {@code "for":"service"}. */
  public Reply addKey(String text) {
    return checked(
        () -> {
          SignupCall body = SignupCall.of(text, Set.of("subscriber", "for", "label"));
          Optional<String> subscriber = body.optionalText("subscriber");
          boolean service = body.optionalText("for").filter("service"::equals).isPresent();
          if (service == subscriber.isPresent()) {
            throw new Wrong(
                SignupError.field(
                    "subscriber", "A key is of one `subscriber`, or `for` the `service`."));
          }
          return ask(
              new IssueKey(subscriber, body.optionalText("label").orElse("")),
              answer -> {
                Answer.Issued issued = (Answer.Issued) answer;
                return new Reply(201, key(issued.key()).put("key", issued.text()).toString(), 0);
              });
        });
  }

  /** Ends a key. */
  public Reply revokeKey(String id) {
    return ask(new RevokeKey(id), answer -> done("key", id));
  }

  /** Subscribers behind that id. */
  public Reply subscribers(String after) {
    return page(
        "subscribers",
        desk.look(
            (connection, fingerprints) ->
                new SubscriberTable(connection, fingerprints).page(after, PAGE + 1)),
        SignupJson::subscriber,
        Subscription::id);
  }

  /** One subscriber, by id or e-mail. */
  public Reply subscriber(String name) {
    Optional<Subscription> found =
        await(
            desk.look(
                (connection, fingerprints) -> {
                  SubscriberTable table = new SubscriberTable(connection, fingerprints);
                  return name.contains("@")
                      ? table.byEmail(new Email(name)).stream().findFirst()
                      : table.find(name);
                }));
    return found
        .map(subscription -> new Reply(200, SignupJson.subscriber(subscription).toString(), 0))
        .orElseGet(() -> refused(Refusal.UNKNOWN_SUBSCRIBER));
  }

  /** The word of billing on a subscriber. */
  public Reply putSubscriber(String id, String text) {
    return checked(
        () -> {
          Request<Answer> put = SignupApi.put(id, text, tiers);
          return ask(
              put,
              answer -> {
                Subscription now = ((Answer.Subscribed) answer).subscription();
                return new Reply(200, SignupJson.subscriber(now).toString(), 0);
              });
        });
  }

  /** Takes a person out of all tables, by id or e-mail. */
  public Reply erase(String name) {
    ErasePerson who =
        name.contains("@")
            ? new ErasePerson(Optional.empty(), Optional.of(new Email(name)))
            : new ErasePerson(Optional.of(name), Optional.empty());
    int rows = await(desk.ask(who));
    return rows == 0
        ? refused(Refusal.UNKNOWN_SUBSCRIBER)
        : new Reply(200, SignupJson.object("person", name).put("erased_rows", rows).toString(), 0);
  }

  /** One entry by its id, or a plan's behind that ticket, also those whose wait has ended. */
  public Reply waitlist(String idOrPlan, String after) {
    return idOrPlan.startsWith(ENTRY) ? entry(idOrPlan) : entries(idOrPlan, after);
  }

  private Reply entry(String id) {
    return await(desk.entry(id))
        .map(view -> new Reply(200, entry(view).toString(), 0))
        .orElseGet(() -> refused(Refusal.UNKNOWN_ENTRY));
  }

  private Reply entries(String plan, String after) {
    if (!tiers.contains(plan)) {
      return refused(Refusal.NOT_SOLD);
    }
    long ticket = after.isEmpty() ? 0 : Long.parseLong(after);
    return page(
        "entries",
        desk.look(
            (connection, fingerprints) ->
                new EntryTable(connection, fingerprints).page(plan, ticket, PAGE + 1)),
        DeskAdmin::entry,
        entry -> Long.toString(entry.ticket()));
  }

  /** Invites one out of turn. */
  public Reply invite(String id) {
    return ask(new InviteOne(id), answer -> done("waitlist_entry", id));
  }

  /** Takes one out of the line. */
  public Reply remove(String id) {
    return ask(new Leave(id), answer -> done("waitlist_entry", id));
  }

  /** Events that no listener took for a day, behind that one. */
  public Reply dead(String after) {
    return page(
        "events",
        desk.look((connection, fingerprints) -> new OutboxTable(connection).dead(after, PAGE + 1)),
        event ->
            SignupJson.object("event", event.id())
                .put("type", event.type())
                .put("target", event.target())
                .put("created_at", SignupJson.time(event.createdAtMillis()))
                .put("given_up_at", SignupJson.time(event.deadAtMillis()))
                .put("attempts", event.attempts())
                .put("last_error", event.lastError().orElse(null)),
        OutboxTable.Delivery::place);
  }

  private static ObjectNode key(ApiKey key) {
    return SignupJson.object("api_key", key.id())
        .put("subscriber", key.subscriberId().orElse(null))
        .put("for", key.service() ? "service" : "subscriber")
        .put("label", key.label())
        .put("created_at", SignupJson.time(key.createdAtMillis()))
        .put("revoked_at", SignupJson.time(key.revokedAtMillis()));
  }

  /** One entry, and where it stands. */
  private static ObjectNode entry(EntryView view) {
    return entry(view.entry()).setAll(SignupJson.entry(view));
  }

  private static ObjectNode entry(WaitEntry entry) {
    return SignupJson.object("waitlist_entry", entry.id())
        .put("plan", entry.plan())
        .put("ticket", entry.ticket())
        .put("email", entry.email().map(Email::address).orElse(null))
        .put("shadow", entry.shadow())
        .put("status", SignupJson.label(entry.status()))
        .put("joined_at", SignupJson.time(entry.joinedAtMillis()));
  }

  private static Reply done(String kind, String id) {
    return new Reply(200, SignupJson.object(kind, id).toString(), 0);
  }

  private static <T> Reply page(
      String name,
      CompletionStage<List<T>> found,
      Function<T, ObjectNode> shown,
      Function<T, String> place) {
    List<T> rows = await(found);
    boolean more = rows.size() > PAGE;
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    ArrayNode items = root.putArray(name);
    rows.stream().limit(PAGE).forEach(item -> items.add(shown.apply(item)));
    root.put("more", more);
    root.put("next", more ? place.apply(rows.get(PAGE - 1)) : null);
    return new Reply(200, root.toString(), 0);
  }

  private Reply ask(Request<Answer> request, Function<Answer, Reply> shown) {
    Answer answer = await(desk.ask(request));
    return answer instanceof Answer.Refused refused ? refused(refused.why()) : shown.apply(answer);
  }

  private static Reply refused(Refusal why) {
    return new Reply(SignupReplies.refused(why).status(), SignupReplies.refused(why).body(), 0);
  }

  private interface Checked {
    Reply reply() throws Wrong;
  }

  private static Reply checked(Checked call) {
    try {
      return call.reply();
    } catch (Wrong wrong) {
      return new Reply(wrong.error().status(), wrong.error().json(), 0);
    }
  }

  /** Answers any call, also one that the store or the operator has spoiled. */
  public static Reply safely(Supplier<Reply> call) {
    try {
      return call.get();
    } catch (CompletionException e) {
      if (e.getCause() instanceof UnavailableException down) {
        return new Reply(503, SignupError.unavailable(down.getMessage() + ".").json(), 0);
      }
      throw e;
    } catch (IllegalArgumentException wrong) {
      String sentence = wrong.getMessage() + ".";
      return new Reply(400, SignupError.invalid(400, "invalid_request", sentence).json(), 0);
    }
  }

  private static <T> T await(CompletionStage<T> stage) {
    return stage.toCompletableFuture().orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
  }
}
