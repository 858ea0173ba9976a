package io.tidegate.http.cli.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidegate.http.Frontend;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * People who find the sale paused, join the wait-list, and are invited by the operator one after
 * the other. The gate itself invites once an hour, which is longer than the story.
 *
 * <p>Not thread-safe.
 */
final class WaitingPeople {

  private static final Logger LOG = LoggerFactory.getLogger(WaitingPeople.class);
  private static final int JOIN = 12;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Frontend gate;
  private final Calls calls;
  private final Queue<String> ids = new ArrayDeque<>();

  WaitingPeople(Frontend gate, Calls calls) {
    this.gate = gate;
    this.calls = calls;
  }

  /** Some of them come. */
  void join() {
    for (int n = 0; n < JOIN; n++) {
      String entry =
          calls.make(
              "POST",
              gate.dataAddress(),
              "/signup/v1/waitlist",
              "{\"email\":\"%s@example.org\",\"plan\":\"plus\"}".formatted(UUID.randomUUID()));
      try {
        ids.add(JSON.readTree(entry).path("id").asText());
      } catch (JsonProcessingException e) {
        throw new IllegalStateException("no entry of the wait-list: " + entry, e);
      }
    }
  }

  /** Invites all who came, at even distances, so that the last one has time before the end. */
  void inviteWithin(Duration time) {
    long step = time.toMillis() / (ids.size() + 2);
    for (int n = 1; !ids.isEmpty(); n++) {
      String id = ids.remove();
      Executor later = CompletableFuture.delayedExecutor(n * step, TimeUnit.MILLISECONDS);
      later.execute(() -> invite(id));
    }
  }

  /** One whom the gate has invited itself by now, or a gate that has gone, is none of ours. */
  private void invite(String id) {
    try {
      calls.make("POST", gate.adminAddress(), "/admin/v1/waitlist/" + id, "{}");
    } catch (RuntimeException e) {
      LOG.debug("not invited: {}", e.getMessage());
    }
  }
}
