package io.tidegate.engine.signup.desk;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.engine.admission.RefusalReason;
import io.tidegate.engine.signup.Email;
import io.tidegate.engine.signup.Place;
import io.tidegate.engine.signup.Subscription;
import io.tidegate.engine.signup.SubscriptionStatus;
import io.tidegate.engine.signup.desk.sale.ConfirmPlace;
import io.tidegate.engine.signup.desk.sale.GiveBack;
import io.tidegate.engine.signup.desk.sale.HoldPlace;
import io.tidegate.engine.signup.desk.sale.PutSubscriber;
import io.tidegate.engine.signup.desk.sale.Subscribe;
import io.tidegate.engine.signup.desk.upkeep.ErasePerson;
import io.tidegate.engine.signup.desk.upkeep.IssueKey;
import io.tidegate.engine.signup.desk.upkeep.RevokeKey;
import io.tidegate.engine.signup.desk.upkeep.TellShed;
import io.tidegate.engine.signup.gate.order.SignupState;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * How plans are sold, in whatever store.
 *
 * <p>Shown red by hand: a second place for who holds one; a place that is confirmed twice; a cap
 * that the desk does not look at; a place paid for after its time that is not counted.
 */
abstract class SaleContract {
  private TestDesk desk;

  abstract TestDesk open(DeskSettings settings);

  @AfterEach
  void closeDesk() {
    desk.close();
  }

  private Place held(String email) {
    return ((Answer.Held) hold(email)).place();
  }

  private Answer hold(String email) {
    return desk.ask(new HoldPlace(new Email(email), "plus", Optional.of("card"), Optional.empty()));
  }

  private Answer.Subscribed confirm(Place place) {
    return (Answer.Subscribed) desk.ask(new ConfirmPlace(place.id(), "pay-1"));
  }

  private Answer subscribe(String email) {
    return desk.ask(
        new Subscribe(
            new Email(email), "plus", Optional.empty(), Optional.empty(), Optional.empty()));
  }

  private Subscription put(String id, String plan, SubscriptionStatus status) {
    PutSubscriber word =
        new PutSubscriber(
            id, Optional.of(plan), Optional.of(status), Optional.empty(), OptionalLong.empty());
    return ((Answer.Subscribed) desk.ask(word)).subscription();
  }

  @Test
  void holdsConfirmsAndServes() {
    desk = open(TestDesk.settings());
    Place place = held("a@x.org");
    assertThat(held("A@x.org").id()).isEqualTo(place.id());
    assertThat(desk.book().held()).isEqualTo(1);

    Answer.Subscribed subscribed = confirm(place);

    assertThat(desk.book().held()).isZero();
    assertThat(desk.book().subscribers()).isEqualTo(1);
    assertThat(desk.book().overcommitted()).isZero();
    assertThat(desk.holder(subscribed.key().orElseThrow())).contains(subscribed.subscription());
    assertThat(confirm(place).key()).isEmpty();
    assertThat(desk.ask(new ConfirmPlace(place.id(), "other")))
        .isEqualTo(new Answer.Refused(Refusal.ALREADY_CONFIRMED));
    assertThat(hold("a@x.org")).isEqualTo(new Answer.Refused(Refusal.ALREADY_SUBSCRIBED));
    assertThat(desk.book().subscribers()).isEqualTo(1);
    assertThat(desk.told()).containsExactly("subscription.created");
  }

  @Test
  void servesAGiftCardThatWasBoughtBeforeThePause() {
    desk = open(TestDesk.settings());
    Place place = held("a@x.org");
    desk.state(SignupState.PAUSED);
    desk.pass(TestDesk.CARD);
    assertThat(desk.book().held()).isZero();
    assertThat(confirm(place).subscription().active()).isTrue();
    assertThat(desk.book().overcommitted()).isEqualTo(1);
    assertThat(desk.book().subscribers()).isEqualTo(1);
  }

  @Test
  void countsNothingAsOvercommittedThatIsConfirmedInItsTimeDuringAPause() {
    desk = open(TestDesk.settings());
    Place place = held("a@x.org");
    desk.state(SignupState.PAUSED);
    confirm(place);
    assertThat(desk.book().overcommitted()).isZero();
  }

  @Test
  void holdsAsLongAsTheChannelTakes() {
    desk = open(TestDesk.settings());
    desk.ask(
        new HoldPlace(new Email("a@x.org"), "plus", Optional.of("google_play"), Optional.empty()));
    desk.pass(Duration.ofHours(71));
    assertThat(desk.book().held()).isEqualTo(1);
    desk.pass(Duration.ofHours(1));
    assertThat(desk.book().held()).isZero();
  }

  @Test
  void putsANewcomerOnTheListWhilePausedAndSoAgain() {
    desk = open(TestDesk.settings());
    desk.state(SignupState.PAUSED);
    Answer.Waits first = (Answer.Waits) hold("a@x.org");
    Answer.Waits again = (Answer.Waits) subscribe("a@x.org");
    assertThat(again.entry().entry().id()).isEqualTo(first.entry().entry().id());
    assertThat(desk.book().line().size()).isEqualTo(1);
    assertThat(desk.book().taken()).isZero();
  }

  @Test
  void servesWhoComesBackAfterTwoYearsWhilePausedAndKeepsTheirDate() {
    desk = open(TestDesk.settings());
    Subscription first = ((Answer.Subscribed) subscribe("a@x.org")).subscription();
    put(first.id(), "plus", SubscriptionStatus.CANCELLED);
    assertThat(desk.book().subscribers()).isZero();
    desk.state(SignupState.PAUSED);
    desk.pass(Duration.ofDays(730));
    assertThat(desk.query("SELECT email FROM subscribers")).containsOnlyNulls();

    Subscription back = ((Answer.Subscribed) subscribe("A@x.org")).subscription();

    assertThat(back.id()).isEqualTo(first.id());
    assertThat(back.subscribedAtMillis()).isEqualTo(first.subscribedAtMillis());
    assertThat(back.active()).isTrue();
    assertThat(desk.book().subscribers()).isEqualTo(1);
  }

  @Test
  void endsTheGraceOfWhoLeftTooLongAgo() {
    desk = open(TestDesk.settings(OptionalLong.empty(), Optional.of(Duration.ofDays(365))));
    Subscription first = ((Answer.Subscribed) subscribe("a@x.org")).subscription();
    put(first.id(), "plus", SubscriptionStatus.CANCELLED);
    desk.state(SignupState.PAUSED);
    desk.pass(Duration.ofDays(364));
    assertThat(hold("a@x.org")).isInstanceOf(Answer.Held.class);
    desk.pass(Duration.ofDays(1));
    assertThat(hold("a@x.org")).isInstanceOf(Answer.Waits.class);
  }

  @Test
  void letsBillingChangeAPlanWhilePausedAndKeepsTheDate() {
    desk = open(TestDesk.settings());
    desk.state(SignupState.PAUSED);
    Subscription monthly = put("billing-7", "pro", SubscriptionStatus.ACTIVE);
    desk.pass(Duration.ofDays(40));
    Subscription yearly = put("billing-7", "plus", SubscriptionStatus.ACTIVE);
    assertThat(yearly.subscribedAtMillis()).isEqualTo(monthly.subscribedAtMillis());
    assertThat(desk.books().of("pro").subscribers()).isZero();
    assertThat(desk.book().subscribers()).isEqualTo(1);
    assertThat(desk.told()).isEmpty();
  }

  @Test
  void neverMovesADateForwardAtBillingsWord() {
    desk = open(TestDesk.settings());
    put("b", "plus", SubscriptionStatus.ACTIVE);
    long since = desk.now[0];
    desk.pass(Duration.ofDays(9));
    PutSubscriber later =
        new PutSubscriber(
            "b",
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            OptionalLong.of(desk.now[0]));
    Answer.Subscribed answer = (Answer.Subscribed) desk.ask(later);
    assertThat(answer.subscription().subscribedAtMillis()).isEqualTo(since);
  }

  @Test
  void keepsToACapEvenWithinOneCommit() {
    desk = open(TestDesk.settings(OptionalLong.of(2), Optional.empty()));
    List<Answer> answers =
        desk.ask(List.of(request("a@x.org"), request("b@x.org"), request("c@x.org")));
    assertThat(answers.get(1)).isInstanceOf(Answer.Held.class);
    assertThat(answers.get(2)).isInstanceOf(Answer.Waits.class);
    desk.ask(new GiveBack(((Answer.Held) answers.get(0)).place().id()));
    desk.ask(new GiveBack(((Answer.Held) answers.get(0)).place().id()));
    assertThat(desk.book().held()).isEqualTo(1);
    assertThat(hold("d@x.org")).isInstanceOf(Answer.Held.class);
  }

  private static Request<Answer> request(String email) {
    return new HoldPlace(new Email(email), "plus", Optional.empty(), Optional.empty());
  }

  @Test
  void takesWhoWasServedOffTheList() {
    desk = open(TestDesk.settings());
    desk.join("a@x.org");
    desk.join("b@x.org");
    desk.invite(1);
    subscribe("a@x.org");
    subscribe("b@x.org");
    assertThat(desk.book().line().size()).isZero();
    assertThat(desk.book().taken()).isEqualTo(2);
    assertThat(desk.query("SELECT status FROM entries")).containsOnly("CONVERTED");
  }

  @Test
  void refusesWhatIsNotSold() {
    desk = open(TestDesk.settings());
    HoldPlace gold =
        new HoldPlace(new Email("a@x.org"), "gold", Optional.empty(), Optional.empty());
    HoldPlace pigeon =
        new HoldPlace(new Email("a@x.org"), "plus", Optional.of("pigeon"), Optional.empty());
    assertThat(desk.ask(gold)).isEqualTo(new Answer.Refused(Refusal.NOT_SOLD));
    assertThat(desk.ask(pigeon)).isEqualTo(new Answer.Refused(Refusal.UNKNOWN_CHANNEL));
    assertThat(desk.ask(new ConfirmPlace("plc_none", "x")))
        .isEqualTo(new Answer.Refused(Refusal.UNKNOWN_PLACE));
  }

  @Test
  void endsAKeyAtOnceAndForGood() {
    desk = open(TestDesk.settings());
    Subscription subscription = ((Answer.Subscribed) subscribe("a@x.org")).subscription();
    Answer.Issued issued =
        (Answer.Issued) desk.ask(new IssueKey(Optional.of(subscription.id()), "laptop"));
    Answer.Issued service = (Answer.Issued) desk.ask(new IssueKey(Optional.empty(), "shop"));
    assertThat(desk.works(issued.key())).isTrue();
    desk.ask(new RevokeKey(issued.key().id()));
    assertThat(desk.works(issued.key())).isFalse();
    assertThat(desk.ask(new RevokeKey(issued.key().id())))
        .isEqualTo(new Answer.Refused(Refusal.UNKNOWN_KEY));
    desk.restart();
    assertThat(desk.works(issued.key())).isFalse();
    assertThat(desk.works(service.key())).isTrue();
    assertThat(desk.query("SELECT key_hash FROM api_keys")).noneMatch(issued.text()::contains);
  }

  @Test
  void tellsOnceAnHourThatASubscriberWasRefused() {
    desk = open(TestDesk.settings());
    String id = ((Answer.Subscribed) subscribe("a@x.org")).subscription().id();
    assertThat(desk.ask(shed(id, "somebody of the YAML"))).isEqualTo(2);
    assertThat(desk.ask(shed(id))).isZero();
    desk.pass(Duration.ofMinutes(59));
    desk.restart();
    assertThat(desk.ask(shed(id))).isZero();
    desk.pass(Duration.ofMinutes(2));
    assertThat(desk.query("SELECT person FROM sheds")).isEmpty();
    assertThat(desk.ask(shed(id))).isEqualTo(1);
    assertThat(desk.told()).filteredOn("subscription.shed"::equals).hasSize(3);
    assertThat(desk.query("SELECT body FROM outbox WHERE type = 'subscription.shed'"))
        .anyMatch(body -> body.contains("\"email\":\"a@x.org\",\"reason\":\"no-room\""));
    desk.ask(new ErasePerson(Optional.of("somebody of the YAML"), Optional.empty()));
    assertThat(desk.query("SELECT body FROM outbox WHERE body LIKE '%YAML%'")).isEmpty();
  }

  private static TellShed shed(String... subscribers) {
    return new TellShed(
        Stream.of(subscribers)
            .map(who -> new TellShed.Shed(who, "plus", RefusalReason.NO_ROOM, 1))
            .toList());
  }

  @Test
  void erasesASubscriberFromEveryTable() {
    desk = open(TestDesk.settings());
    desk.join("a@x.org");
    Answer.Subscribed subscribed = (Answer.Subscribed) subscribe("a@x.org");
    String id = subscribed.subscription().id();
    desk.ask(shed(id));
    desk.ask(new ErasePerson(Optional.of(id), Optional.empty()));
    assertThat(desk.holder(subscribed.key().orElseThrow())).isEmpty();
    assertThat(desk.book().taken()).isZero();
    for (String table :
        List.of(
            "entries",
            "places",
            "subscribers",
            "plans_had",
            "api_keys",
            "outbox",
            "replays",
            "sheds")) {
      assertThat(desk.query("SELECT COUNT(*) FROM " + table)).as(table).containsExactly("0");
    }
  }
}
