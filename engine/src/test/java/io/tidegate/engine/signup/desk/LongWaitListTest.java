package io.tidegate.engine.signup.desk;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.engine.signup.Email;
import io.tidegate.engine.signup.EntryView;
import io.tidegate.engine.signup.desk.upkeep.Sweep;
import io.tidegate.engine.signup.desk.waiting.Join;
import io.tidegate.engine.signup.store.StoreException;
import io.tidegate.engine.signup.store.StoreSettings;
import io.tidegate.engine.signup.store.table.EntryTable;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntFunction;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A long wait-list: everybody's place in it is right, also after a restart; and how fast people
 * join, how fast places are looked up, how long an opening takes, is printed.
 *
 * <p>Shown red by hand: {@code WaitLine.ahead} that leaves out the tickets of the last word.
 *
 * <p>{@code -Dentries=1000000 -Dfolder=DIR} is the whole of it. A list that is in the folder
 * already is opened and filled up to so many; {@code -Dlooks=N} places are looked up.
 */
class LongWaitListTest {
  private static final int ENTRIES = Integer.getInteger("entries", 5_000);
  private static final int LOOKS = Integer.getInteger("looks", 1_000);
  private static final int STEPS = 4;
  private static final int JOINS_AT_ONCE = 2048;
  private static final int LOOKS_AT_ONCE = 64;
  private static final int KNOWN_IDS = 10_000;

  @TempDir private Path fresh;

  private Path folder() {
    return Path.of(System.getProperty("folder", fresh.toString()));
  }

  @Test
  void knowsEverybodysPlaceOnAFile() throws StoreException {
    StoreSettings file = StoreSettings.of("jdbc:h2:file:" + folder().resolve("tidegate"), "", "");
    fillAndOpenAgain(file);
  }

  @Test
  void knowsEverybodysPlaceOnPostgres() throws StoreException, IOException {
    try (EmbeddedPostgres server =
        EmbeddedPostgres.builder()
            .setDataDirectory(folder().resolve("postgres"))
            .setCleanDataDirectory(false)
            .start()) {
      String url = server.getJdbcUrl("postgres", "postgres");
      fillAndOpenAgain(StoreSettings.of(url, "postgres", ""));
    }
  }

  private static void fillAndOpenAgain(StoreSettings where) throws StoreException {
    ActorSystem<Void> system = ActorSystem.create(Behaviors.empty(), "list");
    try {
      try (SignupDesk desk = open(where, system)) {
        fill(desk);
      }
      try (SignupDesk desk = open(where, system)) {
        List<WaitingOne> some = some(desk);
        lookUp(desk, some);
        lookUp(desk, some);
        System.out.printf("heap after collection: %.1f MB%n", usedBytes() / 1e6);
      }
    } finally {
      system.terminate();
      system.getWhenTerminated().toCompletableFuture().join();
    }
  }

  private static SignupDesk open(StoreSettings where, ActorSystem<Void> system)
      throws StoreException {
    long before = System.nanoTime();
    SignupDesk desk =
        SignupDesk.start(
            where,
            DeskSettings.of(List.copyOf(TestDesk.settings().plans().values()), Set.of()),
            System::currentTimeMillis,
            new Sweep(),
            system);
    System.out.printf(
        "open with %,d waiting after %,.0f ms%n",
        waiting(desk), (System.nanoTime() - before) / 1e6);
    return desk;
  }

  private static int waiting(SignupDesk desk) {
    return desk.books().of(TestDesk.PLAN).line().size();
  }

  private static void fill(SignupDesk desk) {
    for (int step = 0; step < STEPS; step++) {
      int first = waiting(desk);
      Histogram micros =
          each(
              (ENTRIES - first) / (STEPS - step),
              JOINS_AT_ONCE,
              n -> desk.ask(join("person-%d@example.org".formatted(first + n))));
      say("joins to %,d".formatted(waiting(desk)), micros);
    }
    assertThat(waiting(desk)).isEqualTo(ENTRIES);
  }

  private static Join join(String email) {
    return new Join(new Email(email), TestDesk.PLAN);
  }

  /** Somebody's id, and the place in the line that is theirs: nobody has left it. */
  private record WaitingOne(String id, long ahead) {}

  private static List<WaitingOne> some(SignupDesk desk) {
    Random random = new Random(1);
    List<WaitingOne> some = new ArrayList<>();
    for (int i = 0; i < Math.min(KNOWN_IDS, LOOKS); i++) {
      long ahead = random.nextInt(waiting(desk));
      some.add(
          desk.look(
                  (connection, fingerprints) ->
                      new EntryTable(connection, fingerprints).byTicket(TestDesk.PLAN, 1 + ahead))
              .thenApply(found -> new WaitingOne(found.orElseThrow().id(), ahead))
              .toCompletableFuture()
              .join());
    }
    return some;
  }

  private static void lookUp(SignupDesk desk, List<WaitingOne> some) {
    Histogram micros =
        each(
            LOOKS,
            LOOKS_AT_ONCE,
            n -> {
              WaitingOne one = some.get(n % some.size());
              return desk.entry(one.id())
                  .thenAccept(
                      found ->
                          assertThat(found.map(EntryView::ahead).orElseThrow())
                              .hasValue(one.ahead()));
            });
    say("places looked up", micros);
  }

  /** Does it so many times, so many at once; the histogram's stamps are the begin and the end. */
  private static Histogram each(int times, int atOnce, IntFunction<CompletionStage<?>> work) {
    Histogram micros = new ConcurrentHistogram(3);
    Semaphore free = new Semaphore(atOnce);
    AtomicReference<Throwable> failed = new AtomicReference<>();
    micros.setStartTimeStamp(System.currentTimeMillis());
    for (int n = 0; n < times; n++) {
      free.acquireUninterruptibly();
      long begun = System.nanoTime();
      work.apply(n)
          .whenComplete(
              (done, failure) -> {
                if (failure != null) {
                  failed.set(failure);
                }
                micros.recordValue((System.nanoTime() - begun) / 1000);
                free.release();
              });
    }
    free.acquireUninterruptibly(atOnce);
    micros.setEndTimeStamp(System.currentTimeMillis());
    if (failed.get() != null) {
      throw new CompletionException(failed.get());
    }
    return micros;
  }

  private static void say(String what, Histogram micros) {
    double seconds = (micros.getEndTimeStamp() - micros.getStartTimeStamp()) / 1e3;
    System.out.printf(
        "%s: %,.0f/s; p50 %.2f ms, p99 %.2f ms, longest %.1f ms%n",
        what,
        micros.getTotalCount() / seconds,
        micros.getValueAtPercentile(50) / 1e3,
        micros.getValueAtPercentile(99) / 1e3,
        micros.getMaxValue() / 1e3);
  }

  private static long usedBytes() {
    for (int time = 0; time < 3; time++) {
      System.gc();
    }
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
