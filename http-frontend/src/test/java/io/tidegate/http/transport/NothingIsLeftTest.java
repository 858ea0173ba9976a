package io.tidegate.http.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tidegate.http.OnEachTransport;
import io.tidegate.http.RawClient;
import io.tidegate.http.TestGate;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** A gate that has ended leaves no thread and no open connection, whatever was going on. */
@OnEachTransport
class NothingIsLeftTest {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @Test
  void endsItsThreadsAndConnectionsInTheMiddleOfEverything() {
    TestGate gate = TestGate.start();
    RawClient silent = gate.connect();
    RawClient kept = gate.connect();
    kept.send(RawClient.chatRequest("nobody", "{}", ""));
    assertThat(kept.readAnswer()).startsWith("HTTP/1.1 401 ");
    RawClient streaming = gate.connect();
    String slowly = "x-backend-script: token-ms=50\r\n";
    streaming.send(RawClient.chatRequest(TestGate.PLUS, TestGate.ask(1_000, true), slowly));
    streaming.readUntil("t3\"");
    gate.close();

    assertThat(silent.readToEnd()).isEmpty();
    assertThat(kept.readToEnd()).isEmpty();
    streaming.readToEnd();
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(threadsOfGates()).isEmpty());
    silent.close();
    kept.close();
    streaming.close();
  }

  private static Set<String> threadsOfGates() {
    Set<String> names = new TreeSet<>();
    Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.startsWith("tidegate"))
        .forEach(names::add);
    return names;
  }
}
