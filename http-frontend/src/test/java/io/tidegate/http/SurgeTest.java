package io.tidegate.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * The main job: a flood of new subscribers, each with a key of their own, asks without pause while
 * established ones chat. {@code -Dsurge.seconds=60 -Dsurge.clients=400} for the whole of it.
 *
 * <p>Shown red by a {@code Gate} without its reserve, where the seats of new subscribers pass 28
 * and established ones are refused, and by one whose cap is off by one seat.
 */
class SurgeTest {

  private static final Duration FLOOD = Duration.ofSeconds(Long.getLong("surge.seconds", 8));
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int NEWCOMERS = Integer.getInteger("surge.clients", 100);
  private static final int ESTABLISHED = 10;
  private static final int NEWCOMERS_TOKENS = 50;
  private static final int ESTABLISHED_TOKENS = 30;
  private static final int LIMIT = 40;
  private static final int RESERVE = 12;

  private static final String SCRIPT = "x-backend-script: token-ms=10,output-tokens=1000\r\n";
  private static final Pattern NUMBER = Pattern.compile("\" t(\\d+)\"");
  private static final Pattern REFUSAL =
      Pattern.compile(
          "\\{\"error\":\\{\"message\":\"[^\"]+\",\"type\":\"service_unavailable_error\","
              + "\"param\":null,\"code\":\"server_is_overloaded\"\\}\\}");
  private static final List<String> REFUSAL_HEADERS =
      List.of(
          "content-type: application/json\r\n",
          "x-request-id: ",
          "x-tidegate-tier: new\r\n",
          "x-tidegate-class: new-opening\r\n",
          "x-tidegate-decision: refused\r\n",
          "x-tidegate-reason: no-room\r\n",
          "x-should-retry: ",
          "retry-after: ");

  private final AtomicBoolean over = new AtomicBoolean();
  private final Queue<String> faults = new ConcurrentLinkedQueue<>();
  private final AtomicLong newAsked = new AtomicLong();
  private final AtomicLong newRefused = new AtomicLong();
  private final AtomicLong plusServed = new AtomicLong();

  @Test
  void servesEstablishedSubscribersWhileNewOnesAreTurnedAway() throws InterruptedException {
    try (TestGate gate = TestGate.start()) {
      List<Thread> clients = new ArrayList<>();
      for (int i = 0; i < NEWCOMERS; i++) {
        String key = TestGate.newKey(i);
        clients.add(new Thread(() -> flood(gate, key)));
      }
      for (int i = 0; i < ESTABLISHED; i++) {
        clients.add(new Thread(() -> chat(gate)));
      }
      clients.forEach(client -> client.setUncaughtExceptionHandler((t, e) -> faults.add("" + e)));
      clients.forEach(Thread::start);
      watch(gate);
      over.set(true);
      for (Thread client : clients) {
        client.join();
      }
      await().atMost(PATIENCE).until(() -> gate.inflightSeats() == 0);

      assertThat(faults).isEmpty();
      assertThat(gate.backend().stats().maxRunning()).isLessThanOrEqualTo(LIMIT);
      assertBooks(gate);
    }
  }

  /**
   * Looks at the seats twenty times a second, as an operator would, until the flood has lasted its
   * time and was one: a slow machine takes longer to turn so many away.
   */
  private void watch(TestGate gate) {
    long beginNanos = System.nanoTime();
    await()
        .pollInterval(Duration.ofMillis(50))
        .atMost(FLOOD.plus(PATIENCE))
        .until(
            () -> {
              checkSeats(gate);
              return over.get()
                  || (System.nanoTime() - beginNanos >= FLOOD.toNanos()
                      && newRefused.get() > NEWCOMERS
                      && plusServed.get() > ESTABLISHED);
            });
  }

  /**
   * Looks again before it complains: the gauge adds up what each thread has counted, so a seat that
   * changes hands during the addition may be seen twice.
   */
  private void checkSeats(TestGate gate) {
    if (!seatsAreWithinBounds(gate)) {
      check(seatsAreWithinBounds(gate), "too many seats are held, twice in a row");
    }
  }

  private static boolean seatsAreWithinBounds(TestGate gate) {
    String page = gate.admin("/metrics").body();
    return TestGate.sum(page, "tidegate_inflight_seats") <= LIMIT
        && TestGate.sum(page, "tidegate_inflight_seats", "\"new\"") <= LIMIT - RESERVE;
  }

  /** What the clients counted is what the operator reads, and it balances. */
  private void assertBooks(TestGate gate) {
    for (String tier : new String[] {"plus", "free", "new"}) {
      String label = "tier=\"" + tier + "\"";
      double admitted = gate.metric("tidegate_admitted_total", label);
      assertThat(gate.metric("tidegate_offered_total", label))
          .isEqualTo(admitted + gate.metric("tidegate_refused_total", label));
      assertThat(gate.metric("tidegate_completed_total", label, "\"served\"")).isEqualTo(admitted);
      assertThat(gate.metric("tidegate_completed_total", label)).isEqualTo(admitted);
    }
    assertThat(gate.metric("tidegate_refused_total", "\"plus\"")).isZero();
    assertThat(gate.metric("tidegate_offered_total", "\"plus\""))
        .isEqualTo((double) plusServed.get());
    assertThat(gate.metric("tidegate_offered_total", "\"new\"")).isEqualTo((double) newAsked.get());
    assertThat(gate.metric("tidegate_refused_total", "\"new\"", "\"no-room\""))
        .isEqualTo(gate.metric("tidegate_refused_total", "\"new\""))
        .isEqualTo((double) newRefused.get());
    assertThat(gate.metric("tidegate_streams_cut_total")).isZero();
    System.out.printf(
        "surge: plus %d of %d served, new %d of %d refused, at most %d at the backend%n",
        plusServed.get(),
        (long) gate.metric("tidegate_offered_total", "\"plus\""),
        newRefused.get(),
        newAsked.get(),
        gate.backend().stats().maxRunning());
  }

  private void flood(TestGate gate, String key) {
    String request = RawClient.chatRequest(key, TestGate.ask(NEWCOMERS_TOKENS, true), SCRIPT);
    try (RawClient client = gate.connect()) {
      while (!over.get()) {
        newAsked.incrementAndGet();
        String head = client.send(request).readUntil("\r\n\r\n");
        if (head.startsWith("HTTP/1.1 503")) {
          newRefused.incrementAndGet();
          checkRefusal(head, client.readUntil("}}"));
        } else {
          check(head.startsWith("HTTP/1.1 200"), head);
          checkStream(client, NEWCOMERS_TOKENS);
        }
      }
    }
  }

  private void chat(TestGate gate) {
    String request =
        RawClient.chatRequest(TestGate.PLUS, TestGate.ask(ESTABLISHED_TOKENS, true), SCRIPT);
    try (RawClient client = gate.connect()) {
      while (!over.get()) {
        String head = client.send(request).readUntil("\r\n\r\n");
        if (!head.startsWith("HTTP/1.1 200")) {
          check(false, head);
          return;
        }
        checkStream(client, ESTABLISHED_TOKENS);
        plusServed.incrementAndGet();
      }
    }
  }

  private void checkRefusal(String head, String body) {
    String lower = head.toLowerCase(Locale.ROOT);
    check(REFUSAL_HEADERS.stream().allMatch(lower::contains), head);
    check(REFUSAL.matcher(body).matches(), body);
  }

  /** Every number after the one before, to the last, and the end. */
  private void checkStream(RawClient client, int tokens) {
    int last = 0;
    String event = client.readUntil("\n\n");
    while (!event.isEmpty() && !event.contains("[DONE]")) {
      Matcher number = NUMBER.matcher(event);
      if (number.find()) {
        check(number.group(1).equals(Integer.toString(last + 1)), event + " came after " + last);
        last++;
      }
      event = client.readUntil("\n\n");
    }
    check(last == tokens, last + " tokens of " + tokens);
    check(client.readUntil("0\r\n\r\n").endsWith("0\r\n\r\n"), "no end");
  }

  /** Ends the flood with the first fault. */
  private void check(boolean good, String otherwise) {
    if (!good) {
      faults.add(otherwise);
      over.set(true);
    }
  }
}
