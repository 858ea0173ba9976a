package io.tidegate.loadtest.backend;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;

/** One request over a plain socket, for what a well-behaved client hides. */
final class RawRequest implements AutoCloseable {

  private static final int TIMEOUT_MILLIS = 20_000;

  /** Small, so that a reader who does not read is soon felt. */
  private static final int RECEIVE_BUFFER_BYTES = 16 << 10;

  private final Socket socket = new Socket();

  private RawRequest(ChatBackend backend, String bytes) throws IOException {
    socket.setReceiveBufferSize(RECEIVE_BUFFER_BYTES);
    socket.setSoTimeout(TIMEOUT_MILLIS);
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), backend.port()));
    send(bytes);
  }

  static RawRequest of(ChatBackend backend, String bytes) throws IOException {
    return new RawRequest(backend, bytes);
  }

  static RawRequest stream(ChatBackend backend, String script) throws IOException {
    return of(backend, completion(script, true));
  }

  static RawRequest whole(ChatBackend backend, String script) throws IOException {
    return of(backend, completion(script, false));
  }

  static String completion(String script, boolean stream) {
    String body =
        "{\"stream\":%s,\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}]}"
            .formatted(stream);
    return """
        POST /v1/chat/completions HTTP/1.1\r
        host: backend\r
        x-backend-script: %s\r
        content-length: %d\r
        \r
        %s"""
        .formatted(script, body.length(), body);
  }

  void send(String bytes) throws IOException {
    socket.getOutputStream().write(bytes.getBytes(ISO_8859_1));
  }

  InputStream in() throws IOException {
    return socket.getInputStream();
  }

  /** Reads until the text has come; fails when the answer ends before. */
  String readUntil(String text) throws IOException {
    StringBuilder read = new StringBuilder();
    while (read.indexOf(text) < 0) {
      int next = in().read();
      if (next < 0) {
        throw new AssertionError("ended before '" + text + "': " + read);
      }
      read.append((char) next);
    }
    return read.toString();
  }

  String readToEnd() throws IOException {
    return new String(in().readAllBytes(), ISO_8859_1);
  }

  /** The client leaves before its time. */
  void hangUp() throws IOException {
    socket.close();
  }

  @Override
  public void close() throws IOException {
    hangUp();
  }
}
