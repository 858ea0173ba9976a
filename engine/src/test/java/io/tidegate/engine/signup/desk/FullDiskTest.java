package io.tidegate.engine.signup.desk;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.engine.signup.Email;
import io.tidegate.engine.signup.WaitEntry;
import io.tidegate.engine.signup.desk.upkeep.IssueKey;
import io.tidegate.engine.signup.desk.upkeep.Sweep;
import io.tidegate.engine.signup.desk.waiting.Join;
import io.tidegate.engine.signup.store.StoreException;
import io.tidegate.engine.signup.store.StoreSettings;
import io.tidegate.engine.signup.store.table.EntryTable;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The disk of the store is full: it is said so, nothing is lost, and it goes on when it is not. */
class FullDiskTest {
  @TempDir private Path folder;
  private final ActorTestKit kit = ActorTestKit.create();
  private StoreSettings where;
  private SignupDesk desk;

  @BeforeEach
  void open() throws StoreException {
    FullDisk.install();
    where = StoreSettings.of("jdbc:h2:full:" + folder.resolve("tidegate"), "", "");
    desk = start();
  }

  private SignupDesk start() throws StoreException {
    return SignupDesk.start(
        where, TestDesk.settings(), System::currentTimeMillis, new Sweep(), kit.system());
  }

  @AfterEach
  void close() {
    FullDisk.full(false);
    desk.close();
    kit.shutdownTestKit();
  }

  private String join(String email) {
    Answer answer =
        desk.ask(new Join(new Email(email), TestDesk.PLAN)).toCompletableFuture().join();
    return ((Answer.Waits) answer).entry().entry().id();
  }

  private Optional<Throwable> failure(String email) {
    try {
      join(email);
      return Optional.empty();
    } catch (CompletionException e) {
      return Optional.of(e.getCause());
    }
  }

  @Test
  void saysThatItIsFullAndGoesOnWhereItWasWhenItIsNot() throws StoreException {
    String key =
        ((Answer.Issued)
                desk.ask(new IssueKey(Optional.empty(), "shop")).toCompletableFuture().join())
            .text();
    List<String> before = List.of(join("a@x.org"), join("b@x.org"));
    FullDisk.full(true);
    assertThat(failure("c@x.org"))
        .get()
        .isInstanceOf(UnavailableException.class)
        .asString()
        .contains("full");
    assertThat(failure("d@x.org")).get().isInstanceOf(UnavailableException.class);
    assertThat(desk.books().of(TestDesk.PLAN).line().size()).isEqualTo(2);
    assertThat(desk.keyBook().find(IssueKey.hash(key))).isPresent();

    FullDisk.full(false);
    Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> failure("e@x.org").isEmpty());
    assertWaiting(before);
    desk.close();
    desk = start();
    assertWaiting(before);
    assertThat(desk.keyBook().find(IssueKey.hash(key))).isPresent();
  }

  /** Those who were told that they wait are the first, and the books know of everybody. */
  private void assertWaiting(List<String> told) {
    List<String> rows =
        desk
            .look(
                (connection, fingerprints) ->
                    new EntryTable(connection, fingerprints).page(TestDesk.PLAN, 0, 1000))
            .toCompletableFuture()
            .join()
            .stream()
            .map(WaitEntry::id)
            .toList();
    assertThat(rows).startsWith(told.toArray(String[]::new)).doesNotHaveDuplicates();
    assertThat(desk.books().of(TestDesk.PLAN).line().size()).isEqualTo(rows.size());
    assertThat(desk.books().of(TestDesk.PLAN).nextTicket()).isEqualTo(rows.size() + 1);
  }
}
