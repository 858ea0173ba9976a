package io.tidegate.http.transport;

import org.apache.pekko.NotUsed;
import org.apache.pekko.stream.TLSProtocol.SslTlsInbound;
import org.apache.pekko.stream.TLSProtocol.SslTlsOutbound;
import org.apache.pekko.stream.javadsl.BidiFlow;
import org.apache.pekko.stream.javadsl.TLSPlacebo;
import org.apache.pekko.util.ByteString;

/** What stands under an HTTP layer where there is no TLS. */
public final class Plaintext {

  private Plaintext() {}

  /** Passes bytes as they are. Can be materialized any number of times. */
  @SuppressWarnings(
      "unchecked") // Pekko promises a subtype of what comes in, and Java cannot say so
  public static BidiFlow<SslTlsOutbound, ByteString, ByteString, SslTlsInbound, NotUsed> layer() {
    return (BidiFlow<SslTlsOutbound, ByteString, ByteString, SslTlsInbound, NotUsed>)
        (BidiFlow<?, ?, ?, ?, ?>) TLSPlacebo.getInstance();
  }
}
