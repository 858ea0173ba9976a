package io.tidegate.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;

/** An upstream that takes requests, and answers none until it is let go. */
final class HeldUpstream implements AutoCloseable {

  private static final byte[] ANSWER =
      "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}".getBytes(StandardCharsets.US_ASCII);

  private final ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final CountDownLatch released = new CountDownLatch(1);

  HeldUpstream() throws IOException {
    inBackground(this::accept);
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + socket.getLocalPort());
  }

  void letGo() {
    released.countDown();
  }

  private void accept() {
    try {
      while (true) {
        Socket connection = socket.accept();
        inBackground(() -> serve(connection));
      }
    } catch (IOException closed) {
      return;
    }
  }

  private void serve(Socket connection) {
    try (connection) {
      if (connection.getInputStream().read(new byte[65_536]) > 0) {
        released.await();
        connection.getOutputStream().write(ANSWER);
        connection.getInputStream().read();
      }
    } catch (IOException gone) {
      return;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void inBackground(Runnable work) {
    Thread thread = new Thread(work, "held-upstream");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    letGo();
    socket.close();
  }
}
