package io.tidegate.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;

/** An upstream that does with each connection what a test says, byte by byte. */
public final class RawUpstream implements AutoCloseable {
  private final ServerSocket listener;

  private RawUpstream(ServerSocket listener) {
    this.listener = listener;
  }

  /** What becomes of one connection, which is closed afterwards. */
  @FunctionalInterface
  public interface Serving {
    void serve(Socket connection) throws IOException;
  }

  /** Begins to listen; each connection is served by a thread of its own. */
  public static RawUpstream start(Serving serving) throws IOException {
    RawUpstream upstream =
        new RawUpstream(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
    inBackground(() -> upstream.accept(serving));
    return upstream;
  }

  /** Where it listens. */
  public URI url() {
    return URI.create("http://127.0.0.1:" + listener.getLocalPort());
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }

  private void accept(Serving serving) {
    try {
      while (true) {
        Socket connection = listener.accept();
        inBackground(() -> serve(serving, connection));
      }
    } catch (IOException closed) {
      return;
    }
  }

  private static void serve(Serving serving, Socket connection) {
    try (connection) {
      serving.serve(connection);
    } catch (IOException gone) {
      return;
    }
  }

  private static void inBackground(Runnable work) {
    Thread thread = new Thread(work, "raw-upstream");
    thread.setDaemon(true);
    thread.start();
  }
}
