package io.tidegate.http.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.http.config.upstream.TimeoutConfig;
import io.tidegate.http.transport.ClientConnection;
import io.tidegate.http.transport.TestClients;
import io.tidegate.http.upstream.wire.WireBody;
import java.util.ArrayList;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpProtocols;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.ResponseEntity;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.Test;

/** Which answers take the short way down. */
class DescentTest {

  private static final HttpRequest REQUEST = HttpRequest.POST("/v1/chat/completions");

  private final RecordedWay ends = new RecordedWay();
  private final ClientConnection client = TestClients.client();

  @Test
  void chunksDoFromALoopToALoop() {
    client.passBy(ends);
    begin(REQUEST, true, chunks());
    assertThat(ends.seen).containsExactly("held", "expects 200");
  }

  @Test
  void soDoesAStreamThatEndsWithItsConnection() {
    client.passBy(ends);
    begin(REQUEST, true, HttpEntities.createCloseDelimited(ContentTypes.TEXT_PLAIN_UTF8, bytes()));
    assertThat(ends.seen).containsExactly("held", "expects 200");
  }

  @Test
  void noneDoesWhereTheWayIsSwitchedOff() {
    client.passBy(ends);
    begin(REQUEST, false, chunks());
    assertThat(ends.seen).isEmpty();
  }

  @Test
  void noneDoesToASocketThatHasNoSuchWay() {
    begin(REQUEST, true, chunks());
    assertThat(ends.seen).isEmpty();
  }

  /** Such a client reads no chunks. */
  @Test
  void noneDoesToAClientOfTheOldProtocol() {
    client.passBy(ends);
    begin(REQUEST.withProtocol(HttpProtocols.HTTP_1_0), true, chunks());
    assertThat(ends.seen).isEmpty();
  }

  @Test
  void noneDoesThatTellsItsLength() {
    client.passBy(ends);
    begin(REQUEST, true, HttpEntities.create(ContentTypes.TEXT_PLAIN_UTF8, 5, bytes()));
    assertThat(ends.seen).isEmpty();
  }

  private void begin(HttpRequest request, boolean direct, ResponseEntity entity) {
    Relay.Rooms rooms =
        new Relay.Rooms(null, null, null, null, null, TimeoutConfig.defaults(), direct);
    Exchange exchange = TestExchange.of(new ArrayList<>(), request);
    HttpResponse answer = HttpResponse.create().withEntity(entity).addAttribute(WireBody.KEY, ends);
    new Descent(exchange, client, rooms, new Deaf()).begin(answer);
  }

  private static ResponseEntity chunks() {
    return HttpEntities.createChunked(ContentTypes.TEXT_PLAIN_UTF8, bytes());
  }

  private static Source<ByteString, Object> bytes() {
    return Source.<ByteString>empty().mapMaterializedValue(nothing -> nothing);
  }

  private static final class Deaf implements Descent.Listener {
    @Override
    public void whole(HttpResponse response) {}

    @Override
    public void begun(Descent descent, HttpResponse response) {}

    @Override
    public void ended(boolean connectionUsable) {}
  }
}
