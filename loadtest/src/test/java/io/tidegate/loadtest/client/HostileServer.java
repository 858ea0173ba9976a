package io.tidegate.loadtest.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.concurrent.CountDownLatch;

/** A server that does to each request exactly what a test says, byte for byte. */
public final class HostileServer implements AutoCloseable {

  public static final String HEAD =
      "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\n\r\n";

  public static final String END = "0\r\n\r\n";

  /** What is done to a request whose head and body have been read. */
  public interface Deed {
    void to(Peer peer) throws IOException, InterruptedException;
  }

  private final ServerSocket socket;

  private HostileServer(ServerSocket socket) {
    this.socket = socket;
  }

  public static HostileServer doing(Deed deed) throws IOException {
    ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread accepting =
        new Thread(
            () -> {
              while (!socket.isClosed()) {
                try {
                  Socket client = socket.accept();
                  Thread serving = new Thread(() -> serve(client, deed), "hostile-peer");
                  serving.setDaemon(true);
                  serving.start();
                } catch (IOException closed) {
                  return;
                }
              }
            },
            "hostile-server");
    accepting.setDaemon(true);
    accepting.start();
    return new HostileServer(socket);
  }

  public URI url() {
    return URI.create("http://127.0.0.1:" + socket.getLocalPort());
  }

  public static String chunk(String text) {
    return Integer.toHexString(text.getBytes(UTF_8).length) + "\r\n" + text + "\r\n";
  }

  public static String role() {
    return "data: {\"choices\":[{\"delta\":{\"role\":\"assistant\",\"content\":\"\"}}]}\n\n";
  }

  public static String token(int number) {
    return "data: {\"choices\":[{\"delta\":{\"content\":\" t" + number + "\"}}]}\n\n";
  }

  public static String finish() {
    return "data: {\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n";
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  private static void serve(Socket client, Deed deed) {
    try (client) {
      client.setTcpNoDelay(true);
      BufferedReader in = new BufferedReader(new InputStreamReader(client.getInputStream(), UTF_8));
      while (true) {
        int length = 0;
        String line = in.readLine();
        if (line == null) {
          return;
        }
        while (!line.isEmpty()) {
          if (line.startsWith("content-length: ")) {
            length = Integer.parseInt(line.substring("content-length: ".length()));
          }
          line = in.readLine();
        }
        for (int i = 0; i < length; i++) {
          in.read();
        }
        Peer peer = new Peer(client, client.getOutputStream());
        deed.to(peer);
        if (client.isClosed()) {
          return;
        }
      }
    } catch (IOException | InterruptedException gone) {
      // The test has seen what it wanted.
    }
  }

  /** The connection of one request. */
  public record Peer(Socket socket, OutputStream out) {

    public void send(String text) throws IOException {
      out.write(text.getBytes(UTF_8));
      out.flush();
    }

    /** Goes on when the test says so. */
    public void await(CountDownLatch latch) throws InterruptedException {
      latch.await();
    }

    public void close() throws IOException {
      socket.close();
    }
  }
}
