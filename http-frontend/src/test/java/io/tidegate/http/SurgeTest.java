package io.tidegate.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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
 * <p>Shown red by a reserve of 0: subscribers of the best tier are then refused within a second.
 */
class SurgeTest {

  private static final Duration FLOOD = Duration.ofSeconds(Long.getLong("surge.seconds", 8));
  private static final int NEWCOMERS = Integer.getInteger("surge.clients", 100);
  private static final int ESTABLISHED = 10;
  private static final int LIMIT = 40;
  private static final int RESERVE = 12;
  private static final Pattern NUMBER = Pattern.compile("\" t(\\d+)\"");

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
      await().atMost(Duration.ofSeconds(30)).until(() -> gate.inflightSeats() == 0);

      assertThat(faults).isEmpty();
      assertThat(gate.backend().stats().maxRunning()).isLessThanOrEqualTo(LIMIT);
      assertBooks(gate);
    }
  }

  /** Looks at the seats twenty times a second, as an operator would, until the flood is over. */
  private void watch(TestGate gate) {
    long end = System.nanoTime() + FLOOD.toNanos();
    await()
        .pollInterval(Duration.ofMillis(50))
        .atMost(FLOOD.plusSeconds(60))
        .until(
            () -> {
              assertThat(gate.inflightSeats()).isLessThanOrEqualTo(LIMIT);
              assertThat(gate.metric("tidegate_inflight_seats", "\"new\""))
                  .isLessThanOrEqualTo(LIMIT - RESERVE);
              return System.nanoTime() - end >= 0;
            });
  }

  private void assertBooks(TestGate gate) {
    for (String tier : new String[] {"plus", "free", "new"}) {
      String label = "tier=\"" + tier + "\"";
      double admitted = gate.metric("tidegate_admitted_total", label);
      assertThat(gate.metric("tidegate_offered_total", label))
          .isEqualTo(admitted + gate.metric("tidegate_refused_total", label));
      assertThat(gate.metric("tidegate_completed_total", label)).isEqualTo(admitted);
    }
    assertThat(gate.metric("tidegate_refused_total", "\"plus\"")).isZero();
    assertThat(gate.metric("tidegate_offered_total", "\"plus\""))
        .isEqualTo((double) plusServed.get());
    assertThat(gate.metric("tidegate_offered_total", "\"new\"")).isEqualTo((double) newAsked.get());
    assertThat(gate.metric("tidegate_refused_total", "\"new\""))
        .isEqualTo((double) newRefused.get());
    assertThat(gate.metric("tidegate_streams_cut_total")).isZero();
    assertThat(newRefused.get()).as("it was a flood").isPositive();
    System.out.printf(
        "surge: plus %d of %d served, new %d of %d refused%n",
        plusServed.get(),
        (long) gate.metric("tidegate_offered_total", "\"plus\""),
        newRefused.get(),
        newAsked.get());
  }

  private void flood(TestGate gate, String key) {
    String request = RawClient.chatRequest(key, TestGate.ask(50, true), script());
    try (RawClient client = gate.connect()) {
      while (!over.get()) {
        newAsked.incrementAndGet();
        String head = client.send(request).readUntil("\r\n\r\n");
        if (head.startsWith("HTTP/1.1 503")) {
          newRefused.incrementAndGet();
          String body = client.readUntil("}}");
          check(head.contains("x-tidegate-reason: no-room"), head);
          check(head.contains("x-tidegate-class: new-opening"), head);
          check(head.contains("retry-after: "), head);
          check(body.contains("\"code\":\"server_is_overloaded\""), body);
        } else {
          checkStream(client.readUntil("0\r\n\r\n"), 50);
        }
      }
    }
  }

  private void chat(TestGate gate) {
    String request = RawClient.chatRequest(TestGate.PLUS, TestGate.ask(30, true), script());
    try (RawClient client = gate.connect()) {
      while (!over.get()) {
        String head = client.send(request).readUntil("\r\n\r\n");
        check(head.startsWith("HTTP/1.1 200"), head);
        checkStream(client.readUntil("0\r\n\r\n"), 30);
        plusServed.incrementAndGet();
      }
    }
  }

  private static String script() {
    return "x-backend-script: token-ms=10,output-tokens=1000\r\n";
  }

  /** Every number after the one before, to the last, and the end. */
  private void checkStream(String events, int tokens) {
    Matcher numbers = NUMBER.matcher(events);
    int last = 0;
    while (numbers.find()) {
      check(Integer.parseInt(numbers.group(1)) == last + 1, "out of order after " + last);
      last++;
    }
    check(last == tokens, last + " tokens of " + tokens);
    check(events.contains("[DONE]"), "no end");
  }

  private void check(boolean good, String otherwise) {
    if (!good) {
      faults.add(otherwise);
    }
  }
}
