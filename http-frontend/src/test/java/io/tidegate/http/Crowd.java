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
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Clients who ask without pause, each on a connection of its own, for streams of numbered tokens.
 * Every answer is read to its end and checked, be it a stream or a refusal for want of room. All of
 * them are on one thread, so that they leave the machine to the gate.
 */
final class Crowd {

  private static final Pattern NUMBER = Pattern.compile("\" t(\\d+)\"");
  private static final Pattern REFUSAL =
      Pattern.compile(
          "\\{\"error\":\\{\"message\":\"[^\"]+\",\"type\":\"service_unavailable_error\","
              + "\"param\":null,\"code\":\"server_is_overloaded\"\\}\\}");
  private static final List<String> REASONS =
      List.of(
          "x-tidegate-reason: no-room\r\n",
          "x-tidegate-reason: queue-timeout\r\n",
          "x-tidegate-reason: came-early\r\n");
  private static final List<String> REFUSAL_HEADERS =
      List.of(
          "content-type: application/json\r\n",
          "x-request-id: ",
          "x-tidegate-decision: refused\r\n",
          "x-should-retry: ",
          "retry-after: ");

  private final AtomicLong asked = new AtomicLong();
  private final AtomicLong refused = new AtomicLong();
  private final AtomicLong served = new AtomicLong();
  private final Queue<String> faults = new ConcurrentLinkedQueue<>();
  private final ByteBuffer received = ByteBuffer.allocate(1 << 16);
  private final String tier;
  private final int tokens;
  private final Selector selector;
  private final Thread thread;
  private volatile boolean over;

  private Crowd(String tier, int tokens, Selector selector) {
    this.tier = tier;
    this.tokens = tokens;
    this.selector = selector;
    this.thread = new Thread(this::run, "crowd-" + tier);
  }

  /** Connects one client for each key, and lets them begin. */
  static Crowd start(int port, String tier, List<String> keys, int tokens) {
    try {
      Crowd crowd = new Crowd(tier, tokens, Selector.open());
      for (String key : keys) {
        crowd.join(port, key);
      }
      crowd.thread.start();
      return crowd;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void join(int port, String key) throws IOException {
    SocketChannel channel =
        SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    channel.configureBlocking(false);
    String script = "x-backend-script: token-ms=10,output-tokens=1000\r\n";
    byte[] request =
        RawClient.chatRequest(key, TestGate.ask(tokens, true), script)
            .getBytes(StandardCharsets.UTF_8);
    channel.register(selector, SelectionKey.OP_READ, new Member(channel, ByteBuffer.wrap(request)));
  }

  /** Lets every client finish what it has begun, and then leave. */
  void leave() {
    over = true;
  }

  boolean hasLeft() {
    return !thread.isAlive();
  }

  long asked() {
    return asked.get();
  }

  long refused() {
    return refused.get();
  }

  long served() {
    return served.get();
  }

  /** What was not as it should be; everybody leaves at the first of them. */
  Queue<String> faults() {
    return faults;
  }

  private void run() {
    try (selector) {
      for (SelectionKey key : selector.keys()) {
        ((Member) key.attachment()).ask();
      }
      while (selector.keys().stream().anyMatch(SelectionKey::isValid)) {
        selector.select(key -> ((Member) key.attachment()).read());
      }
    } catch (IOException | UncheckedIOException e) {
      faults.add(tier + ": " + e);
    }
  }

  private void check(boolean good, String otherwise) {
    if (!good) {
      faults.add(tier + ": " + otherwise);
      over = true;
    }
  }

  private enum Expecting {
    HEAD,
    REFUSAL,
    EVENTS,
    END
  }

  private final class Member {

    private final SocketChannel channel;
    private final ByteBuffer request;
    private final StringBuilder unread = new StringBuilder();
    private Expecting expecting = Expecting.HEAD;
    private int last;

    Member(SocketChannel channel, ByteBuffer request) {
      this.channel = channel;
      this.request = request;
    }

    void ask() {
      try {
        if (over) {
          channel.close();
          return;
        }
        asked.incrementAndGet();
        expecting = Expecting.HEAD;
        request.rewind();
        while (request.hasRemaining()) {
          channel.write(request);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    void read() {
      try {
        received.clear();
        int count = channel.read(received);
        if (count < 0) {
          check(false, "closed while expecting " + expecting + " after: " + unread);
          channel.close();
          return;
        }
        unread.append(
            new String(received.array(), 0, received.position(), StandardCharsets.ISO_8859_1));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      while (channel.isOpen() && readPiece()) {}
    }

    /** Reads one piece of an answer, if it is there to its end. */
    private boolean readPiece() {
      String end =
          switch (expecting) {
            case HEAD -> "\r\n\r\n";
            case REFUSAL -> "}}";
            case EVENTS -> "\n\n";
            case END -> "0\r\n\r\n";
          };
      int at = unread.indexOf(end);
      if (at < 0) {
        return false;
      }
      String piece = unread.substring(0, at + end.length());
      unread.delete(0, piece.length());
      switch (expecting) {
        case HEAD -> onHead(piece);
        case REFUSAL -> onRefusal(piece);
        case EVENTS -> onEvent(piece);
        case END -> onEnd();
      }
      return true;
    }

    private void onHead(String head) {
      last = 0;
      if (head.startsWith("HTTP/1.1 200 ")) {
        expecting = Expecting.EVENTS;
        return;
      }
      refused.incrementAndGet();
      String lower = head.toLowerCase(Locale.ROOT);
      check(lower.startsWith("http/1.1 503 "), head);
      check(lower.contains("x-tidegate-tier: " + tier + "\r\n"), head);
      // Whoever was served once continues, and may wait.
      check(lower.contains("x-tidegate-class: " + tier + "-"), head);
      check(REASONS.stream().anyMatch(lower::contains), head);
      check(REFUSAL_HEADERS.stream().allMatch(lower::contains), head);
      expecting = Expecting.REFUSAL;
    }

    private void onRefusal(String body) {
      check(REFUSAL.matcher(body).matches(), body);
      ask();
    }

    /** Every number after the one before, to the last. */
    private void onEvent(String event) {
      Matcher number = NUMBER.matcher(event);
      if (number.find()) {
        check(number.group(1).equals(Integer.toString(last + 1)), event + " came after " + last);
        last++;
      } else if (event.contains("[DONE]")) {
        check(last == tokens, last + " tokens of " + tokens);
        expecting = Expecting.END;
      } else {
        check(!event.contains("\"error\""), event);
      }
    }

    private void onEnd() {
      served.incrementAndGet();
      ask();
    }
  }
}
