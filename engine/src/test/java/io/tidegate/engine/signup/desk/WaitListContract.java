package io.tidegate.engine.signup.desk;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.engine.signup.Email;
import io.tidegate.engine.signup.EntryStatus;
import io.tidegate.engine.signup.WaitEntry;
import io.tidegate.engine.signup.desk.sale.ClaimInvite;
import io.tidegate.engine.signup.desk.upkeep.ErasePerson;
import io.tidegate.engine.signup.desk.waiting.InviteOne;
import io.tidegate.engine.signup.desk.waiting.Join;
import io.tidegate.engine.signup.desk.waiting.Leave;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * How a wait-list behaves, in whatever store.
 *
 * <p>Shown red by hand: an entry that stays invited when its token was taken, so that it buys a
 * second place; a token that was taken and is refused as one that ran out.
 */
abstract class WaitListContract {
  TestDesk desk;

  abstract TestDesk open(DeskSettings settings);

  @BeforeEach
  void openDesk() {
    desk = open(TestDesk.settings());
  }

  @AfterEach
  void closeDesk() {
    desk.close();
  }

  private WaitEntry entry(String id) {
    return desk.ask(tx -> tx.entries().find(id)).orElseThrow();
  }

  private String token(String id) {
    return desk.ask(tx -> tx.tokens().of(tx.entries().find(id).orElseThrow()));
  }

  @Test
  void calledInTheOrderOfArrival() {
    List<Answer> joined =
        desk.ask(
            List.of(
                new Join(new Email("a@x.org"), "plus"),
                new Join(new Email("b@x.org"), "plus"),
                new Join(new Email("c@x.org"), "plus")));
    assertThat(joined)
        .extracting(answer -> ((Answer.Waits) answer).entry().ahead().getAsLong())
        .containsExactly(0L, 1L, 2L);

    assertThat(desk.invite(2)).isEqualTo(2);

    assertThat(desk.query("SELECT email FROM entries WHERE status = 'INVITED' ORDER BY ticket"))
        .containsExactly("a@x.org", "b@x.org");
    assertThat(desk.book().line().size()).isEqualTo(1);
    assertThat(desk.book().invited()).isEqualTo(2);
    assertThat(desk.invite(5)).isEqualTo(1);
    assertThat(desk.invite(5)).isZero();
  }

  @Test
  void givesAKnownEmailAShadowThatLooksTheSame() {
    WaitEntry first = desk.join("Eve@x.org").entry().entry();
    Answer.Waits second = desk.join("eve@X.org");
    assertThat(second.entry().entry().shadow()).isTrue();
    assertThat(second.entry().ahead()).hasValue(1);
    assertThat(second.entry().entry().id()).isNotEqualTo(first.id());
    assertThat(desk.query("SELECT body FROM outbox WHERE body LIKE '%\"already_known\":true%'"))
        .hasSize(1)
        .first()
        .asString()
        .contains("\"known_as\":\"waiting\"");
  }

  @Test
  void movesAShadowThroughTheLineWithoutEverInvitingIt() {
    desk.join("a@x.org");
    String shadow = desk.join("a@x.org").entry().entry().id();
    desk.join("b@x.org");

    assertThat(desk.invite(2)).isEqualTo(2);

    assertThat(entry(shadow).status()).isEqualTo(EntryStatus.INVITED);
    assertThat(desk.book().invited()).isEqualTo(2);
    assertThat(desk.told()).filteredOn("waitlist.invited"::equals).hasSize(2);
    desk.pass(TestDesk.CLAIM);
    assertThat(entry(shadow).status()).isEqualTo(EntryStatus.EXPIRED);
    assertThat(desk.told()).filteredOn("waitlist.expired"::equals).hasSize(2);
    assertThat(desk.book().invited()).isZero();
  }

  @Test
  void letsTheShadowTakeOverWhenAStrangersEntryLeaves() {
    String strangers = desk.join("a@x.org").entry().entry().id();
    String owners = desk.join("a@x.org").entry().entry().id();
    desk.ask(new Leave(strangers));
    assertThat(desk.invite(1)).isEqualTo(1);
    assertThat(entry(owners).status()).isEqualTo(EntryStatus.INVITED);
    assertThat(entry(owners).shadow()).isFalse();
  }

  @Test
  void closesTheGapOfWhoLeaves() {
    desk.join("a@x.org");
    String leaves = desk.join("b@x.org").entry().entry().id();
    WaitEntry last = desk.join("c@x.org").entry().entry();
    desk.ask(new Leave(leaves));
    Answer again = desk.ask(new Leave(leaves));
    assertThat(((Answer.Waits) again).entry().entry().status()).isEqualTo(EntryStatus.LEFT);
    assertThat(desk.book().line().ahead(last.ticket())).isEqualTo(1);
    assertThat(desk.ask(new Leave("wle_none")))
        .isEqualTo(new Answer.Refused(Refusal.UNKNOWN_ENTRY));
  }

  @Test
  void passesAnUnusedInviteOnAndRefusesItsToken() {
    String id = desk.join("a@x.org").entry().entry().id();
    desk.invite(1);
    String token = token(id);
    desk.pass(TestDesk.CLAIM);
    assertThat(entry(id).status()).isEqualTo(EntryStatus.EXPIRED);
    assertThat(desk.book().taken()).isZero();
    assertThat(desk.ask(new ClaimInvite(token, Optional.empty())))
        .isEqualTo(new Answer.Refused(Refusal.INVITE_EXPIRED));
  }

  @Test
  void takesATokenOnceAndNoOtherOne() {
    String id = desk.join("a@x.org").entry().entry().id();
    String early = token(id);
    desk.invite(1);
    String token = token(id);
    String forged = token.substring(0, token.length() - 2) + "xx";

    assertThat(desk.ask(new ClaimInvite(early, Optional.empty())))
        .isEqualTo(new Answer.Refused(Refusal.UNKNOWN_INVITE));
    assertThat(desk.ask(new ClaimInvite(forged, Optional.empty())))
        .isEqualTo(new Answer.Refused(Refusal.UNKNOWN_INVITE));
    assertThat(desk.ask(new ClaimInvite("nonsense", Optional.empty())))
        .isEqualTo(new Answer.Refused(Refusal.UNKNOWN_INVITE));
    List<Answer> claims =
        desk.ask(
            List.of(
                new ClaimInvite(token, Optional.empty()),
                new ClaimInvite(token, Optional.empty())));
    assertThat(claims.get(0)).isInstanceOf(Answer.Held.class);
    assertThat(claims.get(1)).isEqualTo(new Answer.Refused(Refusal.INVITE_USED));
    assertThat(desk.book().held()).isEqualTo(1);
    assertThat(desk.book().invited()).isZero();
  }

  @Test
  void invitesOneOutOfTurnForTheOperator() {
    desk.join("a@x.org");
    String id = desk.join("b@x.org").entry().entry().id();
    assertThat(desk.ask(new InviteOne(id))).isInstanceOf(Answer.Waits.class);
    assertThat(desk.ask(new InviteOne(id))).isEqualTo(new Answer.Refused(Refusal.NOT_WAITING));
    assertThat(entry(id).status()).isEqualTo(EntryStatus.INVITED);
    assertThat(desk.book().line().size()).isEqualTo(1);
  }

  @Test
  void replaysAnAnswerForADayAndRefusesAnotherRequest() {
    Keyed.Shown first = keyed("k1", "a@x.org");
    Keyed.Shown again = keyed("k1", "a@x.org");
    assertThat(again.status()).isEqualTo(first.status());
    assertThat(again.body()).isEqualTo(first.body());
    assertThat(keyed("k1", "b@x.org").status()).isEqualTo(409);
    assertThat(desk.book().line().size()).isEqualTo(1);
    desk.pass(Duration.ofHours(24));
    assertThat(keyed("k1", "c@x.org").status()).isEqualTo(202);
    assertThat(desk.book().line().size()).isEqualTo(2);
  }

  private Keyed.Shown keyed(String key, String address) {
    Email email = new Email(address);
    return desk.ask(
        new Keyed<>(
            new Join(email, "plus"),
            "join",
            key,
            address,
            answer -> {
              String id = ((Answer.Waits) answer).entry().entry().id();
              return new Keyed.Shown(202, id, id, Optional.of(email));
            },
            new Keyed.Shown(409, "", "", Optional.empty())));
  }

  @Test
  void survivesARestart() {
    desk.join("a@x.org");
    WaitEntry b = desk.join("b@x.org").entry().entry();
    WaitEntry c = desk.join("c@x.org").entry().entry();
    desk.invite(1);
    desk.ask(new Leave(b.id()));
    String token =
        token(entry(desk.query("SELECT id FROM entries WHERE email = 'a@x.org'").get(0)).id());

    desk.restart();

    assertThat(desk.book().line().first(9)).containsExactly(c.ticket());
    assertThat(desk.book().invited()).isEqualTo(1);
    assertThat(desk.book().pace().lastDay(desk.now[0])).isEqualTo(1);
    assertThat(desk.join("d@x.org").entry().entry().ticket()).isEqualTo(4);
    assertThat(desk.ask(new ClaimInvite(token, Optional.empty()))).isInstanceOf(Answer.Held.class);
  }

  @Test
  void forgetsTheEmailsOfWhatHasEnded() {
    String id = desk.join("a@x.org").entry().entry().id();
    desk.ask(new Leave(id));
    desk.pass(DeskSettings.USUAL_RETENTION.minusDays(1));
    assertThat(entry(id).email()).isPresent();
    desk.pass(Duration.ofDays(1));
    assertThat(entry(id).email()).isEmpty();
    assertThat(desk.query("SELECT email_hash FROM entries")).containsOnlyNulls();
  }

  @Test
  void erasesAPersonFromEveryTable() {
    desk.join("a@x.org");
    desk.join("a@x.org");
    keyed("k", "a@x.org");
    desk.join("b@x.org");
    assertThat(desk.ask(new ErasePerson(Optional.empty(), Optional.of(new Email("A@X.ORG")))))
        .as("three entries, their events, an answer")
        .isEqualTo(7);
    assertThat(desk.book().line().size()).isEqualTo(1);
    assertThat(desk.query("SELECT email FROM entries")).containsExactly("b@x.org");
    assertThat(desk.query("SELECT body FROM outbox WHERE body LIKE '%a@x.org%'")).isEmpty();
    assertThat(desk.query("SELECT body FROM replays")).isEmpty();
  }

  @Test
  void losesNothingWhenTheClockIsSetBack() {
    String a = desk.join("a@x.org").entry().entry().id();
    desk.invite(1);
    desk.now[0] -= Duration.ofHours(1).toMillis();
    WaitEntry b = desk.join("b@x.org").entry().entry();
    desk.sweep();
    assertThat(entry(a).status()).isEqualTo(EntryStatus.INVITED);
    assertThat(b.ticket()).isEqualTo(2);
    assertThat(desk.invite(1)).isEqualTo(1);
    desk.restart();
    assertThat(desk.book().invited()).isEqualTo(2);
  }

  @Test
  void doesTheOthersOfAGroupInWhichOneFails() {
    Request<Answer> broken =
        tx -> {
          tx.entries().insert(entryLike(tx));
          throw new IllegalStateException("a bug");
        };
    Request<Answer> twice =
        tx -> {
          tx.entries().insert(entryLike(tx));
          tx.entries().insert(entryLike(tx));
          return new Answer.Done();
        };
    assertThat(desk.failure(broken)).hasMessage("a bug");
    assertThat(desk.failure(twice)).isNotNull();
    GroupOutcome outcome =
        GroupOutcome.of(desk, List.of(new Join(new Email("a@x.org"), "plus"), twice));
    assertThat(outcome.failed()).isEqualTo(1);
    assertThat(desk.query("SELECT email FROM entries")).containsExactly("a@x.org");
    assertThat(desk.book().line().first(3)).containsExactly(1);
  }

  private static WaitEntry entryLike(Transaction tx) {
    return WaitEntry.joining("same", "plus", 77, new Email("z@x.org"), false, tx.nowMillis());
  }
}
