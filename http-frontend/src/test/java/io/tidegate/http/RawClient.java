package io.tidegate.http;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** A client that says exactly what a test wants it to say, byte by byte, on a real socket. */
public final class RawClient implements AutoCloseable {

  /** Long enough for a busy machine; a test that waits this long has failed. */
  private static final int PATIENCE_MILLIS = 20_000;

  private final Socket socket;
  private final InputStream in;

  private RawClient(Socket socket) throws IOException {
    this.socket = socket;
    this.in = new BufferedInputStream(socket.getInputStream());
  }

  public static RawClient connect(int port) {
    return connect(port, 0);
  }

  /** Connects from another of this machine's loopback addresses. */
  public static RawClient connectFrom(String address, int port) {
    try {
      InetAddress loopback = InetAddress.getLoopbackAddress();
      Socket socket = new Socket(loopback, port, InetAddress.getByName(address), 0);
      socket.setSoTimeout(PATIENCE_MILLIS);
      return new RawClient(socket);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Connects with a receive buffer of a given size; 0 for the system's choice. */
  public static RawClient connect(int port, int receiveBufferBytes) {
    try {
      Socket socket = new Socket();
      if (receiveBufferBytes > 0) {
        socket.setReceiveBufferSize(receiveBufferBytes);
      }
      socket.connect(
          new InetSocketAddress(InetAddress.getLoopbackAddress(), port), PATIENCE_MILLIS);
      socket.setTcpNoDelay(true);
      socket.setSoTimeout(PATIENCE_MILLIS);
      return new RawClient(socket);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A client on a socket that is connected already, such as one with TLS. */
  public static RawClient over(Socket socket) {
    try {
      socket.setSoTimeout(PATIENCE_MILLIS);
      return new RawClient(socket);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A whole chat request with a length, and further header lines that each end in CRLF. */
  public static String chatRequest(String key, String body, String moreHeaders) {
    return "POST /v1/chat/completions HTTP/1.1\r\nHost: gate\r\nAuthorization: Bearer "
        + key
        + "\r\nContent-Type: application/json\r\nContent-Length: "
        + body.getBytes(StandardCharsets.UTF_8).length
        + "\r\n"
        + moreHeaders
        + "\r\n"
        + body;
  }

  public RawClient send(String text) {
    return send(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  public RawClient send(byte[] bytes) {
    try {
      socket.getOutputStream().write(bytes);
      socket.getOutputStream().flush();
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Sends, and says whether the other side still lets it. */
  public boolean isTaking(String text) {
    try {
      send(text);
      return true;
    } catch (UncheckedIOException closed) {
      return false;
    }
  }

  /** Everything up to and including a text, or up to the end of the connection. */
  public String readUntil(String end) {
    ByteArrayOutputStream seen = new ByteArrayOutputStream();
    byte[] wanted = end.getBytes(StandardCharsets.ISO_8859_1);
    try {
      for (int next = in.read(); next >= 0; next = in.read()) {
        seen.write(next);
        if (next == wanted[wanted.length - 1] && text(seen).endsWith(end)) {
          break;
        }
      }
    } catch (SocketTimeoutException e) {
      throw new AssertionError("waited in vain for \"" + end + "\" after: " + text(seen), e);
    } catch (IOException reset) {
      return text(seen);
    }
    return text(seen);
  }

  /** Everything until the gate closes, in good order or by a reset. */
  public String readToEnd() {
    ByteArrayOutputStream seen = new ByteArrayOutputStream();
    try {
      in.transferTo(seen);
    } catch (SocketTimeoutException e) {
      throw new AssertionError("the connection stayed open after: " + text(seen), e);
    } catch (IOException reset) {
      return text(seen);
    }
    return text(seen);
  }

  /** One answer with a length: its head and its body. */
  public String readAnswer() {
    String head = readUntil("\r\n\r\n");
    int length =
        head.lines()
            .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("content-length:"))
            .mapToInt(line -> Integer.parseInt(line.substring(line.indexOf(':') + 1).strip()))
            .findFirst()
            .orElse(0);
    return head + new String(readBytes(length), StandardCharsets.UTF_8);
  }

  public byte[] readBytes(int count) {
    try {
      return in.readNBytes(count);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Leaves by a reset instead of a proper close. */
  public void reset() {
    try {
      socket.setSoLinger(true, 0);
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String text(ByteArrayOutputStream bytes) {
    return bytes.toString(StandardCharsets.ISO_8859_1);
  }
}
