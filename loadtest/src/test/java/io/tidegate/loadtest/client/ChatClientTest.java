package io.tidegate.loadtest.client;

import static io.tidegate.loadtest.client.HostileServer.END;
import static io.tidegate.loadtest.client.HostileServer.HEAD;
import static io.tidegate.loadtest.client.HostileServer.chunk;
import static io.tidegate.loadtest.client.HostileServer.finish;
import static io.tidegate.loadtest.client.HostileServer.role;
import static io.tidegate.loadtest.client.HostileServer.token;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidegate.loadtest.backend.BackendSettings;
import io.tidegate.loadtest.backend.ChatBackend;
import io.tidegate.loadtest.client.answer.ChatAnswer;
import io.tidegate.loadtest.record.result.Ending;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class ChatClientTest {

  private static final String BODY =
      "{\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";

  @Test
  void readsAWholeStreamOfTheBackend() {
    try (ChatBackend backend = fastBackend();
        ChatClient client = client(backend.url())) {
      Collected collected = Collected.send(client, scripted("output-tokens=25"));
      ChatAnswer answer = collected.answer();
      assertThat(answer.ending()).isEqualTo(Ending.ok());
      assertThat(answer.tokens()).isEqualTo(25);
      assertThat(answer.finishReason()).contains("stop");
      assertThat(collected.gaps).hasSize(25);
      assertThat(collected.gaps.get(0)).isEmpty();
      assertThat(answer.connectNanos()).isPresent();
      assertThat(
              List.of(
                  answer.intendedNanos(),
                  answer.firedNanos(),
                  answer.readyNanos(),
                  answer.sentNanos(),
                  answer.headersNanos().orElseThrow(),
                  answer.firstTokenNanos().orElseThrow(),
                  answer.endNanos()))
          .isSorted();
    }
  }

  @Test
  void usesAConnectionAgain() {
    try (ChatBackend backend = fastBackend();
        ChatClient client = client(backend.url())) {
      assertThat(Collected.send(client, scripted("output-tokens=2")).answer().connectNanos())
          .isPresent();
      ChatAnswer second = Collected.send(client, scripted("output-tokens=2")).answer();
      assertThat(second.ending()).isEqualTo(Ending.ok());
      assertThat(second.connectNanos()).isEmpty();
    }
  }

  @Test
  void countsARoleOnlyChunkAsNoToken() throws Exception {
    CountDownLatch roleSeen = new CountDownLatch(1);
    try (HostileServer server =
            HostileServer.doing(
                peer -> {
                  peer.send(HEAD + chunk(role()));
                  peer.await(roleSeen);
                  peer.send(chunk(token(1)) + chunk(finish()) + END);
                });
        ChatClient client = client(server.url().toString())) {
      Collected collected = Collected.send(client, ChatRequest.streamed("/v1/x", BODY));
      collected.head.join();
      long beforeToken = Nanos.now();
      roleSeen.countDown();
      ChatAnswer answer = collected.answer();
      assertThat(answer.ending()).isEqualTo(Ending.ok());
      assertThat(answer.tokens()).isEqualTo(1);
      assertThat(answer.firstTokenNanos().orElseThrow()).isGreaterThan(beforeToken);
    }
  }

  @Test
  void tellsEarlyHeadersFromTheFirstToken() throws Exception {
    CountDownLatch headSeen = new CountDownLatch(1);
    try (HostileServer server =
            HostileServer.doing(
                peer -> {
                  peer.send(HEAD);
                  peer.await(headSeen);
                  peer.send(chunk(token(1) + finish()) + END);
                });
        ChatClient client = client(server.url().toString())) {
      Collected collected = Collected.send(client, ChatRequest.streamed("/v1/x", BODY));
      collected.head.join();
      long later = Nanos.now();
      headSeen.countDown();
      ChatAnswer answer = collected.answer();
      assertThat(answer.headersNanos().orElseThrow()).isLessThan(later);
      assertThat(answer.firstTokenNanos().orElseThrow()).isGreaterThan(later);
    }
  }

  @Test
  void readsTwoEventsInOnePacketAndOneEventInManyPackets() throws Exception {
    try (HostileServer server =
            HostileServer.doing(
                peer -> {
                  peer.send(HEAD + chunk(role() + token(1) + token(2)));
                  String third = chunk(token(3));
                  for (int i = 0; i < third.length(); i++) {
                    peer.send(third.substring(i, i + 1));
                  }
                  String end = token(4) + finish();
                  peer.send(chunk(end.substring(0, 20)));
                  peer.send(chunk(end.substring(20)) + END);
                });
        ChatClient client = client(server.url().toString())) {
      ChatAnswer answer = Collected.send(client, ChatRequest.streamed("/v1/x", BODY)).answer();
      assertThat(answer.ending()).isEqualTo(Ending.ok());
      assertThat(answer.tokens()).isEqualTo(4);
    }
  }

  @Test
  void countsEveryWayOfBreakingOffAsWhatItIs() {
    try (ChatBackend backend = fastBackend();
        ChatClient client = client(backend.url())) {
      assertThat(ending(client, "reset-after=3")).isEqualTo(Ending.ko("cut"));
      assertThat(ending(client, "close-after=3")).isEqualTo(Ending.ko("cut"));
      assertThat(ending(client, "half-chunk-close-after=3")).isEqualTo(Ending.ko("cut"));
      assertThat(ending(client, "reset")).isEqualTo(Ending.ko("no-answer"));
      assertThat(ending(client, "garbage")).isEqualTo(Ending.ko("bad-http"));
      assertThat(ending(client, "status=500")).isEqualTo(Ending.ko("status-500"));
      assertThat(ending(client, "status=503")).isEqualTo(Ending.shed("status-503"));
      assertThat(ending(client, "status=429")).isEqualTo(Ending.shed("status-429"));
    }
  }

  @Test
  void countsAnErrorEventAsAFailureHoweverTheStreamEnds() throws Exception {
    try (HostileServer server =
            HostileServer.doing(
                peer -> {
                  peer.send(
                      HEAD + chunk(token(1) + "data: {\"error\":{\"message\":\"died\"}}\n\n"));
                  peer.close();
                });
        ChatClient client = client(server.url().toString())) {
      assertThat(Collected.send(client, ChatRequest.streamed("/v1/x", BODY)).answer().ending())
          .isEqualTo(Ending.ko("error-event"));
    }
  }

  @Test
  void takesTheReasonOfARefusalFromTheGate() throws Exception {
    try (HostileServer server =
            HostileServer.doing(
                peer ->
                    peer.send(
                        "HTTP/1.1 503 Overloaded\r\nx-tidegate-reason: no-room\r\nx-tidegate-class:"
                            + " new-opening\r\nretry-after: 4\r\ncontent-length: 2\r\n\r\n{}"));
        ChatClient client = client(server.url().toString())) {
      ChatAnswer answer = Collected.send(client, ChatRequest.streamed("/v1/x", BODY)).answer();
      assertThat(answer.ending()).isEqualTo(Ending.shed("no-room"));
      assertThat(answer.head().orElseThrow().serviceClass()).contains("new-opening");
      assertThat(answer.head().orElseThrow().retryAfterMillis()).hasValue(4000);
      // The connection of a refusal is as good as any other.
      assertThat(
              Collected.send(client, ChatRequest.streamed("/v1/x", BODY)).answer().connectNanos())
          .isEmpty();
    }
  }

  @Test
  void leavesWhenPatienceIsAtItsEnd() {
    try (ChatBackend backend = fastBackend();
        ChatClient client = client(backend.url())) {
      ChatRequest request =
          new ChatRequest(
              "/v1/chat/completions",
              script("hang"),
              BODY,
              true,
              OptionalInt.empty(),
              OptionalLong.empty(),
              OptionalLong.of(TimeUnit.MILLISECONDS.toNanos(50)));
      ChatAnswer answer = Collected.send(client, request).answer();
      assertThat(answer.ending()).isEqualTo(Ending.ko("left"));
      assertThat(answer.endNanos() - answer.intendedNanos())
          .isGreaterThanOrEqualTo(TimeUnit.MILLISECONDS.toNanos(50));
    }
  }

  @Test
  void leavesOnPurposeAfterSoManyTokens() {
    try (ChatBackend backend = fastBackend();
        ChatClient client = client(backend.url())) {
      ChatRequest request =
          new ChatRequest(
              "/v1/chat/completions",
              script("output-tokens=10000,token-ms=5"),
              BODY,
              true,
              OptionalInt.of(3),
              OptionalLong.empty(),
              OptionalLong.empty());
      ChatAnswer answer = Collected.send(client, request).answer();
      assertThat(answer.ending()).isEqualTo(Ending.ok());
      assertThat(answer.cancelled()).isTrue();
      assertThat(answer.tokens()).isEqualTo(3);
    }
  }

  @Test
  void showsWaitingForAConnectionAsBlocked() throws Exception {
    CountDownLatch secondIsFired = new CountDownLatch(1);
    try (HostileServer server =
            HostileServer.doing(
                peer -> {
                  peer.await(secondIsFired);
                  peer.send(HEAD + chunk(token(1) + finish()) + END);
                });
        ChatClient client =
            ChatClient.create(ClientSettings.of(Target.of(server.url())).withMaxConnections(1))) {
      Collected first = Collected.send(client, ChatRequest.streamed("/v1/x", BODY));
      Collected second = Collected.send(client, ChatRequest.streamed("/v1/x", BODY));
      client.thread().execute(secondIsFired::countDown);
      assertThat(second.answer().readyNanos())
          .isGreaterThanOrEqualTo(first.answer().endNanos())
          .isGreaterThan(second.answer().firedNanos());
      assertThat(second.answer().ending()).isEqualTo(Ending.ok());
    }
  }

  @Test
  void neverWaitsForAConnectionUnlessTold() {
    try (ChatBackend backend = fastBackend();
        ChatClient client = client(backend.url())) {
      List<Collected> all = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        all.add(Collected.send(client, scripted("output-tokens=5,token-ms=2")));
      }
      assertThat(all).allMatch(one -> one.answer().ending().equals(Ending.ok()));
    }
  }

  @Test
  void saysThatNobodyListens() throws IOException {
    URI nobody;
    try (ServerSocket socket = new ServerSocket(0)) {
      nobody = URI.create("http://127.0.0.1:" + socket.getLocalPort());
    }
    try (ChatClient client = client(nobody.toString())) {
      assertThat(Collected.send(client, scripted("")).answer().ending())
          .isEqualTo(Ending.ko("connect"));
    }
  }

  @Test
  void readsAnswersInOnePiece() {
    try (ChatBackend backend = fastBackend();
        ChatClient client = client(backend.url())) {
      ChatRequest request =
          new ChatRequest(
              "/v1/chat/completions",
              script("output-tokens=5"),
              "{\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}",
              false,
              OptionalInt.empty(),
              OptionalLong.empty(),
              OptionalLong.empty());
      ChatAnswer answer = Collected.send(client, request).answer();
      assertThat(answer.ending()).isEqualTo(Ending.ok());
      assertThat(answer.firstTokenNanos()).isPresent();
    }
  }

  @Test
  void endsWhatIsOpenWhenStopped() {
    try (ChatBackend backend = fastBackend();
        ChatClient client = client(backend.url())) {
      Collected open = Collected.send(client, scripted("hang"));
      client.thread().execute(() -> client.stopAll("unfinished"));
      assertThat(open.answer().ending()).isEqualTo(Ending.ko("unfinished"));
    }
  }

  @Test
  void understandsTargets() {
    assertThat(Target.of(URI.create("http://h/base/")))
        .isEqualTo(new Target("h", 80, false, "/base"));
    assertThat(Target.of(URI.create("https://h:8443/v1")))
        .isEqualTo(new Target("h", 8443, true, ""));
    assertThatThrownBy(() -> Target.of(URI.create("h:80"))).hasMessageContaining("http://");
  }

  private static Ending ending(ChatClient client, String script) {
    return Collected.send(client, scripted(script)).answer().ending();
  }

  private static ChatRequest scripted(String script) {
    return new ChatRequest(
        "/v1/chat/completions",
        script.isEmpty() ? List.of() : script(script),
        BODY,
        true,
        OptionalInt.empty(),
        OptionalLong.empty(),
        OptionalLong.empty());
  }

  private static List<Map.Entry<String, String>> script(String script) {
    return List.of(Map.entry("x-backend-script", script));
  }

  private static ChatBackend fastBackend() {
    return ChatBackend.start(
        BackendSettings.defaults()
            .withFirstTokenMillis(1)
            .withTokenMillis(1)
            .withCapacitySeats(1000));
  }

  private static ChatClient client(String url) {
    return ChatClient.create(ClientSettings.of(Target.of(URI.create(url))));
  }
}
