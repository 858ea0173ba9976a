package io.tidegate.http.signup;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * People who join, leave, buy and claim, each with keys of their own, and try again with the same
 * key until they are answered. Notes what was acknowledged.
 */
final class SignupCrowd {

  /** Where the gate is now, and its service key. */
  record Gate(int port, String serviceKey) {}

  private static final ObjectMapper JSON = new ObjectMapper();

  /** Whoever is not invited by then goes away without leaving the line. */
  private static final int LOOKS = 40;

  final Map<String, String> joined = new ConcurrentHashMap<>();
  final Set<String> left = ConcurrentHashMap.newKeySet();
  final Map<String, String> subscribed = new ConcurrentHashMap<>();
  final Map<String, String> claimed = new ConcurrentHashMap<>();
  final ConcurrentLinkedQueue<String> wrong = new ConcurrentLinkedQueue<>();
  final AtomicLong answered = new AtomicLong();
  final AtomicLong failed = new AtomicLong();

  private final HttpClient client =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
  private final List<Thread> people = new ArrayList<>();
  private volatile Gate gate;
  private volatile boolean over;

  void at(Gate there) {
    gate = there;
  }

  void begin(int count, long seed) {
    for (int i = 0; i < count; i++) {
      int number = i;
      Thread person = new Thread(() -> live(number, new Random(seed + number)), "person-" + i);
      person.setDaemon(true);
      person.start();
      people.add(person);
    }
  }

  /** Lets everybody finish what they have begun. */
  void end() throws InterruptedException {
    over = true;
    for (Thread person : people) {
      person.join(60_000);
    }
  }

  @Override
  public String toString() {
    return "%d answers, %d tries without one; %d entries, %d of them left, %d subscriptions, %d claims"
        .formatted(
            answered.get(),
            failed.get(),
            joined.size(),
            left.size(),
            subscribed.size(),
            claimed.size());
  }

  private void live(int number, Random random) {
    for (int life = 0; !over; life++) {
      String name = "p%d-%d".formatted(number, life);
      try {
        switch (random.nextInt(4)) {
          case 0 -> buys(name);
          case 1 -> holdsAndConfirms(name);
          default -> joins(name, random);
        }
      } catch (IOException | RuntimeException e) {
        wrong.add(name + ": " + e);
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private void joins(String name, Random random) throws IOException, InterruptedException {
    String body = "{\"email\":\"%s@x.org\",\"plan\":\"plus\"}".formatted(name);
    JsonNode entry = until("POST", "/signup/v1/waitlist", body, name + "-join", 202);
    String id = entry.get("id").asText();
    joined.put(name, id);
    if (random.nextInt(3) == 0) {
      JsonNode again = until("POST", "/signup/v1/waitlist", body, name + "-join", 202);
      if (!again.get("id").asText().equals(id)) {
        wrong.add(name + " has two entries by one key");
      }
    }
    if (random.nextInt(3) == 0) {
      JsonNode gone = until("DELETE", "/signup/v1/waitlist/" + id, "", "", 200);
      if (gone.get("status").asText().equals("left")) {
        left.add(id);
      }
      return;
    }
    for (int look = 0; look < LOOKS && !over; look++) {
      JsonNode now = until("GET", "/signup/v1/waitlist/" + id, "", "", 200);
      if (now.get("status").asText().equals("invited")) {
        claims(id);
        return;
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
    }
  }

  private void claims(String id) throws IOException, InterruptedException {
    Optional<String> token = Optional.empty();
    while (token.isEmpty() && !over) {
      token =
          send("GET", "/test/token/" + id, "", "")
              .filter(r -> r.statusCode() == 200)
              .map(HttpResponse::body);
    }
    if (token.isEmpty()) {
      return;
    }
    JsonNode place =
        until("POST", "/signup/v1/invites/" + token.get() + "/claim", "{}", id + "-claim", 201);
    claimed.put(id, place.get("id").asText());
    Optional<HttpResponse<String>> second =
        send("POST", "/signup/v1/invites/" + token.get() + "/claim", "{}", id + "-again");
    if (second.isPresent() && second.get().statusCode() == 201) {
      wrong.add(id + " was claimed twice");
    }
  }

  private void buys(String name) throws IOException, InterruptedException {
    String body = "{\"email\":\"%s@x.org\",\"plan\":\"plus\"}".formatted(name);
    JsonNode bought = until("POST", "/signup/v1/subscriptions", body, name + "-buy", 201);
    subscribed.put(name, bought.get("id").asText());
  }

  private void holdsAndConfirms(String name) throws IOException, InterruptedException {
    String body = "{\"email\":\"%s@x.org\",\"plan\":\"plus\"}".formatted(name);
    String place = until("POST", "/signup/v1/places", body, name + "-hold", 201).get("id").asText();
    String paid = "{\"payment_reference\":\"%s\"}".formatted(name);
    JsonNode bought =
        until("POST", "/signup/v1/places/" + place + "/confirm", paid, name + "-pay", 201);
    subscribed.put(name, bought.get("id").asText());
  }

  /** Tries again until there is an answer that is final. */
  private JsonNode until(String method, String path, String body, String key, int status)
      throws IOException, InterruptedException {
    while (true) {
      Optional<HttpResponse<String>> answer = send(method, path, body, key);
      if (answer.isPresent() && answer.get().statusCode() == status) {
        answered.incrementAndGet();
        return JSON.readTree(answer.get().body());
      }
      failed.incrementAndGet();
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
      boolean passing =
          answer.isEmpty() || answer.get().statusCode() == 503 || answer.get().statusCode() == 401;
      if (!passing) {
        throw new IOException(
            "%s %s was answered %d %s"
                .formatted(method, path, answer.get().statusCode(), answer.get().body()));
      }
    }
  }

  private Optional<HttpResponse<String>> send(String method, String path, String body, String key)
      throws InterruptedException {
    Gate there = gate;
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + there.port() + path))
            .timeout(Duration.ofSeconds(20))
            .header("authorization", "Bearer " + there.serviceKey())
            .method(method, BodyPublishers.ofString(body));
    if (!key.isEmpty()) {
      request.header("idempotency-key", key);
    }
    try {
      return Optional.of(client.send(request.build(), BodyHandlers.ofString()));
    } catch (IOException e) {
      // The gate is gone: whether it did it is what the key is for.
      return Optional.empty();
    }
  }
}
