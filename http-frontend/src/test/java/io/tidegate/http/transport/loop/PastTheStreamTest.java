package io.tidegate.http.transport.loop;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import io.tidegate.http.RawClient;
import io.tidegate.http.config.listen.ListenConfig;
import io.tidegate.http.config.upstream.TimeoutConfig;
import io.tidegate.http.transport.ClientChannel;
import io.tidegate.http.transport.ClientConnection;
import io.tidegate.http.transport.ClientLayers;
import io.tidegate.http.transport.ServerTransport;
import io.tidegate.http.transport.framing.Chunk;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.stream.javadsl.Flow;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What goes past the stream stands between the head and the end that Pekko renders: that the head
 * comes by itself and before anything else of an answer is Pekko's doing, and is held here.
 */
class PastTheStreamTest {

  private static final String REQUEST = "POST / HTTP/1.1\r\nHost: g\r\n";
  private static final String BODY = "Content-Length: 2\r\n\r\n{}";
  private static final String PASSED = "7\r\npassed \r\n3\r\nby \r\n4\r\nend.\r\n0\r\n\r\n";

  private ActorSystem system;
  private ServerTransport transport;

  @BeforeEach
  void start() {
    system =
        ActorSystem.create("past", LoopTransport.dispatchers().withFallback(ConfigFactory.load()));
    ListenConfig listen = ListenConfig.defaults().withPort(0);
    ClientLayers layers =
        new ClientLayers(
            system,
            listen,
            TimeoutConfig.defaults(),
            Optional.empty(),
            client ->
                Flow.of(HttpRequest.class)
                    .mapAsync(
                        1,
                        request ->
                            request
                                .entity()
                                .getDataBytes()
                                .runWith(Sink.ignore(), system)
                                .thenApply(read -> 1))
                    .map(read -> answer(client)));
    transport = LoopTransport.bind(system, listen, layers).toCompletableFuture().join();
  }

  @AfterEach
  void stop() {
    system.terminate();
  }

  @Test
  void comesRightBehindTheHead() {
    try (RawClient client = connect()) {
      client.send(REQUEST + BODY);
      assertThat(body(client.readUntil("0\r\n\r\n"))).isEqualTo(PASSED);
    }
  }

  @Test
  void doesSoForEachOfSeveralRequestsAtOnce() {
    try (RawClient client = connect()) {
      client.send((REQUEST + BODY).repeat(3));
      for (int i = 0; i < 3; i++) {
        assertThat(body(client.readUntil("0\r\n\r\n"))).isEqualTo(PASSED);
      }
    }
  }

  @Test
  void comesBehindAnInterimAnswer() {
    try (RawClient client = connect()) {
      client.send(REQUEST + "Expect: 100-continue\r\nContent-Length: 2\r\n\r\n");
      assertThat(client.readUntil("\r\n\r\n")).startsWith("HTTP/1.1 100 ");
      client.send("{}");
      assertThat(body(client.readUntil("0\r\n\r\n"))).isEqualTo(PASSED);
    }
  }

  @Test
  void comesBeforeTheConnectionCloses() {
    try (RawClient client = connect()) {
      client.send(REQUEST + "Connection: close\r\n" + BODY);
      assertThat(body(client.readToEnd())).isEqualTo(PASSED);
    }
  }

  private RawClient connect() {
    return RawClient.connect(transport.localAddress().getPort());
  }

  private static String body(String answer) {
    assertThat(answer).startsWith("HTTP/1.1 200 OK\r\n");
    return answer.substring(answer.indexOf("\r\n\r\n") + 4);
  }

  /** An answer of which two pieces go past the stream as soon as they may, and one through it. */
  private static HttpResponse answer(ClientConnection client) {
    CompletableFuture<ByteString> last = new CompletableFuture<>();
    ClientChannel channel = client.channel().orElseThrow();
    channel.expectHead(
        200,
        new ClientChannel.Listener() {
          @Override
          public void headPassed() {
            channel.offer(Chunk.of(ByteString.fromString("passed ")));
            channel.offer(Chunk.of(ByteString.fromString("by ")));
            last.complete(ByteString.fromString("end."));
          }

          @Override
          public void headMissed() {
            last.completeExceptionally(new IllegalStateException("the head was not seen"));
          }

          @Override
          public void roomMade() {}
        });
    Source<ByteString, ?> bytes = Source.completionStage(last);
    return HttpResponse.create()
        .withEntity(HttpEntities.createChunked(ContentTypes.TEXT_PLAIN_UTF8, bytes));
  }
}
