package io.tidegate.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * People who come whether or not others are served: each opens a session, asks a few questions in
 * it with a pause between, and gives up when refused. They come at rates of their own, by Poisson,
 * all of them on one thread.
 */
final class Visitors {

  /** One kind of them. */
  record Kind(String tier, String keyPrefix, int keys, double sessionsPerSecond, double turns) {}

  /** What became of one kind's requests. */
  static final class Tally {
    private final List<Heard> firstTokens = Collections.synchronizedList(new ArrayList<>());
    private final Map<String, Integer> refused = Collections.synchronizedMap(new TreeMap<>());
    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicInteger served = new AtomicInteger();

    int asked() {
      return asked.get();
    }

    int served() {
      return served.get();
    }

    int refused() {
      return refused.values().stream().mapToInt(Integer::intValue).sum();
    }

    double servedRatio() {
      return asked() == 0 ? 1 : (double) served() / asked();
    }

    /** In milliseconds; 0 if nobody had a first token. */
    long firstTokenMillis(double quantile) {
      return firstTokenMillis(quantile, 0, Long.MAX_VALUE);
    }

    /** The same of those who asked in some of the seconds since the beginning. */
    long firstTokenMillis(double quantile, long fromSecond, long toSecond) {
      List<Long> sorted =
          firstTokens.stream()
              .filter(heard -> heard.askedAtSecond() >= fromSecond)
              .filter(heard -> heard.askedAtSecond() < toSecond)
              .map(Heard::afterNanos)
              .sorted()
              .toList();
      return sorted.isEmpty()
          ? 0
          : TimeUnit.NANOSECONDS.toMillis(sorted.get((int) (quantile * (sorted.size() - 1))));
    }

    @Override
    public String toString() {
      return "%d of %d served (%.4f), refused %s, first token p50 %d p99 %d ms"
          .formatted(
              served(),
              asked(),
              servedRatio(),
              refused,
              firstTokenMillis(.5),
              firstTokenMillis(.99));
    }
  }

  /** A first token: when it was asked for, since the beginning, and after how long it came. */
  private record Heard(long askedAtSecond, long afterNanos) {}

  private record Due(long nanos, Runnable action) {}

  private static final int HEARD_BYTES = 1 << 16;

  private final Map<String, Tally> tallies = new TreeMap<>();
  private final Queue<String> faults = new ConcurrentLinkedQueue<>();
  private final PriorityQueue<Due> due = new PriorityQueue<>(Comparator.comparingLong(Due::nanos));
  private final ByteBuffer heard = ByteBuffer.allocate(HEARD_BYTES);
  private final Random random;
  private final String script;
  private final int tokens;
  private final int port;
  private final long beginNanos = System.nanoTime();
  private volatile long endNanos;
  private final Selector selector;
  private final Thread thread;
  private int sessions;

  private Visitors(int port, int tokens, String script, long seed, long forNanos)
      throws IOException {
    this.port = port;
    this.tokens = tokens;
    this.script = script;
    this.random = new Random(seed);
    this.endNanos = beginNanos + forNanos;
    this.selector = Selector.open();
    this.thread = new Thread(this::run, "visitors");
  }

  /**
   * Lets them come from now on, for a time.
   *
   * @param tokens of each answer
   */
  static Visitors start(
      int port, List<Kind> kinds, int tokens, String script, long seed, long forNanos) {
    try {
      Visitors visitors = new Visitors(port, tokens, script, seed, forNanos);
      for (Kind kind : kinds) {
        visitors.tallies.put(kind.tier(), new Tally());
        visitors.nextArrival(kind);
      }
      visitors.thread.start();
      return visitors;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Lets nobody come or ask again. */
  void leave() {
    endNanos = System.nanoTime();
  }

  /** Whether nobody comes any more and everybody has been answered. */
  boolean haveLeft() {
    return !thread.isAlive();
  }

  Tally of(String tier) {
    return tallies.get(tier);
  }

  /** What was not as it should be. */
  Queue<String> faults() {
    return faults;
  }

  private void nextArrival(Kind kind) {
    double seconds = -Math.log(1 - random.nextDouble()) / kind.sessionsPerSecond();
    due.add(
        new Due(
            System.nanoTime() + (long) (seconds * 1e9),
            () -> {
              if (System.nanoTime() < endNanos) {
                new Visitor(kind).ask();
                nextArrival(kind);
              }
            }));
  }

  private void run() {
    try (selector) {
      while (System.nanoTime() < endNanos || !selector.keys().isEmpty() || !due.isEmpty()) {
        long waitNanos = due.isEmpty() ? 1_000_000 : due.peek().nanos() - System.nanoTime();
        if (waitNanos > 0) {
          long millis = Math.min(50, Math.max(1, waitNanos / 1_000_000));
          selector.select(key -> ((Visitor) key.attachment()).read(), millis);
        } else {
          due.remove().action().run();
        }
      }
    } catch (IOException | RuntimeException e) {
      faults.add(e.toString());
    }
  }

  private final class Visitor {

    private final Kind kind;
    private final Tally tally;
    private final ByteBuffer request;
    private final SocketChannel channel;
    private final StringBuilder unread = new StringBuilder();
    private int turnsLeft;
    private long askedNanos;
    private boolean streaming;
    private boolean tokenSeen;

    Visitor(Kind kind) {
      this.kind = kind;
      this.tally = of(kind.tier());
      this.turnsLeft =
          1 + (int) (Math.log(1 - random.nextDouble()) / Math.log(1 - 1 / kind.turns()));
      String key = kind.keyPrefix() + random.nextInt(kind.keys());
      String headers = "x-session-id: s" + sessions++ + "\r\nx-backend-script: " + script + "\r\n";
      request =
          ByteBuffer.wrap(
              RawClient.chatRequest(key, TestGate.ask(tokens, true), headers)
                  .getBytes(StandardCharsets.UTF_8));
      try {
        channel = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        channel.configureBlocking(false);
        channel.register(selector, SelectionKey.OP_READ, this);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    void ask() {
      if (System.nanoTime() >= endNanos) {
        leave("");
        return;
      }
      tally.asked.incrementAndGet();
      turnsLeft--;
      streaming = false;
      tokenSeen = false;
      askedNanos = System.nanoTime();
      try {
        request.rewind();
        while (request.hasRemaining()) {
          channel.write(request);
        }
      } catch (IOException e) {
        leave("could not ask: " + e);
      }
    }

    void read() {
      try {
        heard.clear();
        if (channel.read(heard) < 0) {
          leave("closed after: " + unread);
          return;
        }
        unread.append(new String(heard.array(), 0, heard.position(), StandardCharsets.ISO_8859_1));
        answer();
      } catch (IOException e) {
        leave(e + " after: " + unread);
      }
    }

    private void answer() {
      int head = unread.indexOf("\r\n\r\n");
      if (!streaming && head >= 0) {
        if (!unread.substring(0, head).startsWith("HTTP/1.1 200 ")) {
          refused(unread.substring(0, head).toLowerCase(Locale.ROOT));
          return;
        }
        unread.delete(0, head + 4);
        streaming = true;
      }
      if (streaming && !tokenSeen && unread.indexOf(" t1\"") >= 0) {
        tokenSeen = true;
        long second = TimeUnit.NANOSECONDS.toSeconds(askedNanos - beginNanos);
        tally.firstTokens.add(new Heard(second, System.nanoTime() - askedNanos));
      }
      if (streaming && unread.indexOf("[DONE]") >= 0 && unread.indexOf("0\r\n\r\n") >= 0) {
        served();
      }
    }

    private void served() {
      if (unread.indexOf(" t" + tokens + "\"") < 0 || unread.indexOf("\"error\"") >= 0) {
        leave("not whole: " + unread);
        return;
      }
      tally.served.incrementAndGet();
      unread.setLength(0);
      if (turnsLeft <= 0 || System.nanoTime() >= endNanos) {
        leave("");
        return;
      }
      long pauseNanos = (long) (1e9 * (.2 + .6 * random.nextDouble()));
      due.add(new Due(System.nanoTime() + pauseNanos, this::ask));
    }

    private void refused(String head) {
      String reason = valueOf(head, "x-tidegate-reason: ");
      tally.refused.merge(valueOf(head, "x-tidegate-class: ") + " " + reason, 1, Integer::sum);
      leave(head.startsWith("http/1.1 503 ") ? "" : head);
    }

    private static String valueOf(String head, String header) {
      return head.lines()
          .filter(line -> line.startsWith(header))
          .map(line -> line.substring(header.length()))
          .findFirst()
          .orElse("?");
    }

    private void leave(String fault) {
      if (!fault.isEmpty()) {
        faults.add(kind.tier() + ": " + fault);
      }
      try {
        channel.close();
      } catch (IOException e) {
        faults.add(e.toString());
      }
    }
  }
}
