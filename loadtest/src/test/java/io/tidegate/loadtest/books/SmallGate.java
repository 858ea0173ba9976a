package io.tidegate.loadtest.books;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * A gate in front of nothing, of {@value #SEATS} seats and two tiers, as small as one can be: the
 * better tier may take all seats, the other one all but one, and after the better one was refused
 * the other one is for a second. It can be broken on purpose.
 */
final class SmallGate implements AutoCloseable {

  /** What is wrong with it. */
  enum Fault {
    NONE,
    /** The worse tier may take all seats, the better one only one, and nothing is latched. */
    UPSIDE_DOWN,
    /** Every tenth refusal is in no book. */
    LOSES_REFUSALS,
    /** Every tenth request that was admitted is never booked as completed. */
    LOSES_COMPLETIONS,
    /** Every tenth request is in no book at all, though it is answered. */
    LOSES_REQUESTS
  }

  private enum Tier {
    PLUS,
    FREE
  }

  private static final int SEATS = 3;
  private static final long LATCH_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final long ANSWER_MILLIS = 50;
  private static final int EVERY = 10;

  private static final String STREAM =
      """
      data: {"choices":[{"delta":{"content":"hello"},"finish_reason":"stop"}]}

      data: [DONE]

      """;

  private final Fault fault;
  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final CountDownLatch never = new CountDownLatch(1);
  private final Map<Tier, long[]> books = new EnumMap<>(Tier.class);
  private Optional<Long> refusedNanos = Optional.empty();
  private int inflight;
  private int requests;
  private int refusals;
  private int completions;

  private SmallGate(Fault fault, HttpServer server) {
    this.fault = fault;
    this.server = server;
    for (Tier tier : Tier.values()) {
      books.put(tier, new long[5]); // offered, admitted, refused, completed, in flight
    }
  }

  static SmallGate with(Fault fault) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    SmallGate gate = new SmallGate(fault, server);
    server.setExecutor(gate.threads);
    server.createContext("/metrics", exchange -> answer(exchange, 200, gate.page()));
    server.createContext("/v1/", gate::chat);
    server.start();
    return gate;
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  @Override
  public void close() {
    never.countDown();
    server.stop(0);
    threads.shutdown();
  }

  private void chat(HttpExchange exchange) throws IOException {
    exchange.getRequestBody().readAllBytes();
    String key = exchange.getRequestHeaders().getFirst("authorization");
    Tier tier = key.endsWith("plus") ? Tier.PLUS : Tier.FREE;
    exchange.getResponseHeaders().set("x-tidegate-class", name(tier) + "-opening");
    boolean booked = isBooked();
    if (!admit(tier, booked)) {
      exchange.getResponseHeaders().set("x-tidegate-reason", "no-room");
      answer(exchange, 503, "{}");
      return;
    }
    try {
      never.await(ANSWER_MILLIS, TimeUnit.MILLISECONDS);
      exchange.getResponseHeaders().set("content-type", "text/event-stream");
      answer(exchange, 200, STREAM);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      complete(tier, booked);
    }
  }

  private synchronized boolean isBooked() {
    requests++;
    return fault != Fault.LOSES_REQUESTS || requests % EVERY != 0;
  }

  private synchronized boolean admit(Tier tier, boolean booked) {
    long[] book = booked ? books.get(tier) : new long[5];
    book[0]++;
    if (inflight < cap(tier) && !latched(tier)) {
      book[1]++;
      book[4]++;
      inflight++;
      return true;
    }
    if (tier == Tier.PLUS) {
      refusedNanos = Optional.of(System.nanoTime());
    }
    refusals++;
    book[2] += fault == Fault.LOSES_REFUSALS && refusals % EVERY == 0 ? 0 : 1;
    return false;
  }

  private synchronized void complete(Tier tier, boolean booked) {
    long[] book = booked ? books.get(tier) : new long[5];
    inflight--;
    completions++;
    book[3] += fault == Fault.LOSES_COMPLETIONS && completions % EVERY == 0 ? 0 : 1;
    book[4]--;
  }

  private int cap(Tier tier) {
    boolean first = fault == Fault.UPSIDE_DOWN ? tier == Tier.FREE : tier == Tier.PLUS;
    return first ? SEATS : fault == Fault.UPSIDE_DOWN ? 1 : SEATS - 1;
  }

  private boolean latched(Tier tier) {
    return fault != Fault.UPSIDE_DOWN
        && tier == Tier.FREE
        && refusedNanos.isPresent()
        && System.nanoTime() - refusedNanos.get() < LATCH_NANOS;
  }

  private synchronized String page() {
    StringBuilder page = new StringBuilder("# HELP tidegate_offered_total Requests.\n");
    for (Tier tier : Tier.values()) {
      long[] book = books.get(tier);
      String label = "{tier=\"" + name(tier) + "\"} ";
      page.append("tidegate_offered_total").append(label).append(book[0]).append('\n');
      page.append("tidegate_admitted_total").append(label).append(book[1]).append('\n');
      page.append("tidegate_refused_total{reason=\"no-room\",tier=\"" + name(tier) + "\"} ")
          .append(book[2])
          .append('\n');
      page.append("tidegate_completed_total{tier=\"" + name(tier) + "\",outcome=\"ok\"} ")
          .append(book[3])
          .append('\n');
      page.append("tidegate_inflight_seats").append(label).append(book[4]).append('\n');
    }
    return page.toString();
  }

  private static String name(Tier tier) {
    return tier == Tier.PLUS ? "plus" : "free";
  }

  private static void answer(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }
}
