package io.tidegate.http.upstream;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ServerSocketFactory;

/** An upstream on a real socket that does to each request what a test wants done to it. */
public final class StubUpstream implements AutoCloseable {

  /** What becomes of a request. */
  @FunctionalInterface
  public interface Behaviour {
    void answer(Socket connection, OutputStream out, String target) throws Exception;
  }

  public static final Behaviour RESETS =
      (connection, out, target) -> {
        connection.setSoLinger(true, 0);
        connection.close();
      };

  public static final Behaviour HANGS =
      (connection, out, target) -> connection.getInputStream().read();

  private final ServerSocketFactory sockets;
  private final int port;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final AtomicInteger connections = new AtomicInteger();
  private final AtomicInteger requests = new AtomicInteger();
  private final AtomicInteger models = new AtomicInteger();
  private volatile Behaviour behaviour;
  private volatile ServerSocket listener;

  private StubUpstream(ServerSocketFactory sockets, Behaviour behaviour) {
    this.sockets = sockets;
    this.behaviour = behaviour;
    this.listener = listen(0);
    this.port = listener.getLocalPort();
  }

  public static StubUpstream start(Behaviour behaviour) {
    return new StubUpstream(ServerSocketFactory.getDefault(), behaviour);
  }

  public static StubUpstream start(ServerSocketFactory sockets, Behaviour behaviour) {
    return new StubUpstream(sockets, behaviour);
  }

  /** Answers with a status, headers that each end in CR LF, and a body. */
  public static Behaviour answers(int status, String headers, String body) {
    return (connection, out, target) ->
        out.write(
            "HTTP/1.1 %d X\r\nContent-Type: application/json\r\n%sContent-Length: %d\r\n\r\n%s"
                .formatted(status, headers, body.length(), body)
                .getBytes(StandardCharsets.UTF_8));
  }

  public URI url() {
    return URI.create("http://127.0.0.1:" + port);
  }

  public int port() {
    return port;
  }

  public void behave(Behaviour next) {
    behaviour = next;
  }

  /** Requests that have come, those for {@code /health} and lists of models apart. */
  public int requests() {
    return requests.get();
  }

  /** How often the list of models was read. */
  public int modelLists() {
    return models.get();
  }

  public int connections() {
    return connections.get();
  }

  /** Ends at once, as a process that is killed. */
  public void kill() {
    try {
      listener.close();
      for (Socket connection : open) {
        connection.setSoLinger(true, 0);
        connection.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Comes back on the same port. */
  public void restart() {
    listener = listen(port);
  }

  private ServerSocket listen(int wanted) {
    try {
      ServerSocket socket = sockets.createServerSocket();
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), wanted), 1_000);
      inBackground(() -> accept(socket));
      return socket;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void accept(ServerSocket socket) {
    try {
      while (true) {
        Socket connection = socket.accept();
        connections.incrementAndGet();
        open.add(connection);
        inBackground(() -> serve(connection));
      }
    } catch (IOException closed) {
      return;
    }
  }

  private void serve(Socket connection) {
    try (connection) {
      BufferedReader in =
          new BufferedReader(
              new InputStreamReader(connection.getInputStream(), StandardCharsets.ISO_8859_1));
      OutputStream out = connection.getOutputStream();
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        int length = 0;
        for (String header = in.readLine(); !header.isEmpty(); header = in.readLine()) {
          if (header.regionMatches(true, 0, "content-length:", 0, 15)) {
            length = Integer.parseInt(header.substring(15).strip());
          }
        }
        for (int i = 0; i < length; i++) {
          in.read();
        }
        String target = line.split(" ", -1)[1];
        if (target.equals("/v1/models")) {
          models.incrementAndGet();
        } else if (!target.equals("/health")) {
          requests.incrementAndGet();
        }
        behaviour.answer(connection, out, target);
        out.flush();
      }
    } catch (Exception gone) {
      return;
    } finally {
      open.remove(connection);
    }
  }

  private static void inBackground(Runnable work) {
    Thread thread = new Thread(work, "stub-upstream");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() {
    kill();
  }
}
