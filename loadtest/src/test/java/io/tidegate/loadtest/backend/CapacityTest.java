package io.tidegate.loadtest.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Capacity, back-pressure and departures over real sockets. */
class CapacityTest {

  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final int TOKEN_BYTES = 16 << 10;

  /** Memory for two answers of a hundred tokens. */
  private final ChatBackend backend =
      ChatBackend.start(
          BackendSettings.defaults()
              .withCapacitySeats(2)
              .withMaxWaiting(1)
              .withFirstTokenMillis(0)
              .withTokenMillis(0)
              .withOutputTokens(100)
              .withOutputSpread(0));

  @AfterEach
  void close() {
    backend.close();
  }

  @Test
  void makesTheThirdWaitAndTurnsTheFourthAway() throws Exception {
    try (RawRequest first = hang();
        RawRequest second = hang()) {
      awaitOccupancy(2, 0);
      try (RawRequest third = RawRequest.whole(backend, "output-tokens=100")) {
        awaitOccupancy(2, 1);
        try (RawRequest fourth = RawRequest.whole(backend, "output-tokens=100")) {
          assertThat(fourth.readUntil("}}")).startsWith("HTTP/1.1 503 ").contains("overloaded");
        }
        first.hangUp();
        assertThat(third.readUntil("\r\n")).startsWith("HTTP/1.1 200 ");
      }
      assertThat(second.in().available()).isZero();
    }
    awaitOccupancy(0, 0);
    assertThat(backend.stats().aborted()).isEqualTo(2);
    assertThat(backend.stats().completed()).isEqualTo(1);
    assertThat(backend.stats().maxRunning()).isEqualTo(2);
  }

  @Test
  void dropsARequestWhoseClientLeavesWhileItWaits() throws Exception {
    try (RawRequest first = hang();
        RawRequest second = hang()) {
      awaitOccupancy(2, 0);
      RawRequest third = hang();
      awaitOccupancy(2, 1);
      third.hangUp();
      awaitOccupancy(2, 0);
      assertThat(backend.stats().aborted()).isEqualTo(1);
      assertThat(first.in().available() + second.in().available()).isZero();
    }
  }

  @Test
  void dropsARequestWhoseClientLeavesInPrefill() throws Exception {
    RawRequest request = RawRequest.stream(backend, "first-token-ms=3600000");
    awaitOccupancy(1, 0);
    request.hangUp();
    awaitOccupancy(0, 0);
    assertThat(backend.stats().aborted()).isEqualTo(1);
    assertThat(backend.stats().tokens()).isZero();
  }

  @Test
  void dropsAStreamWhoseClientLeaves() throws Exception {
    RawRequest request = RawRequest.stream(backend, "token-ms=5,output-tokens=1000000");
    request.readUntil(" t3\"");
    request.hangUp();
    awaitOccupancy(0, 0);
    assertThat(backend.stats().aborted()).isEqualTo(1);
    assertThat(backend.stats().completed()).isZero();
  }

  @Test
  void stopsMakingTokensForAClientThatDoesNotRead() throws Exception {
    try (RawRequest request =
        RawRequest.stream(backend, "output-tokens=1000000,token-bytes=" + TOKEN_BYTES)) {
      request.readUntil(" t1.");
      long atRest = awaitTokensAtRest();
      assertThat(atRest * TOKEN_BYTES).as("bytes on the way").isLessThan(16 << 20);
      request.in().readNBytes((int) (atRest + 100) * TOKEN_BYTES);
      await().atMost(LIMIT).until(() -> backend.stats().tokens() > atRest + 100);
      assertThat(backend.stats().running()).isEqualTo(1);
    }
    awaitOccupancy(0, 0);
    assertThat(backend.stats().aborted()).isEqualTo(1);
  }

  @Test
  void takesCapacityAwayAndGivesItBackWhileRunning() throws Exception {
    JsonClient client = new JsonClient(backend);
    try (RawRequest first = hang();
        RawRequest second = hang()) {
      awaitOccupancy(2, 0);
      assertThat(client.post("/capacity", "{\"seats\":1}").body()).isEqualTo("{\"seats\":1}");
      try (RawRequest third = hang()) {
        awaitOccupancy(2, 1);
        first.hangUp();
        awaitOccupancy(1, 1);
        backend.setCapacitySeats(2);
        awaitOccupancy(2, 0);
        assertThat(third.in().available() + second.in().available()).isZero();
      }
    }
  }

  @Test
  void rejectsSettingsOutOfRange() {
    assertThatIllegalArgumentException().isThrownBy(() -> backend.setCapacitySeats(0));
    BackendSettings settings = BackendSettings.defaults();
    assertThatIllegalArgumentException().isThrownBy(() -> settings.withPort(65_536));
    assertThatIllegalArgumentException().isThrownBy(() -> settings.withHost(" "));
    assertThatIllegalArgumentException().isThrownBy(() -> settings.withMaxBodyBytes(0));
    assertThatIllegalArgumentException().isThrownBy(() -> settings.withMaxWaiting(-1));
  }

  @Test
  void saysSoWhenThePortIsTaken() {
    BackendSettings taken = BackendSettings.defaults().withPort(backend.port());
    assertThatIllegalStateException()
        .isThrownBy(() -> ChatBackend.start(taken).close())
        .withMessage("cannot bind 127.0.0.1:" + backend.port());
  }

  private RawRequest hang() throws IOException {
    return RawRequest.stream(backend, "hang");
  }

  private void awaitOccupancy(int running, int waiting) {
    await()
        .atMost(LIMIT)
        .untilAsserted(
            () -> {
              assertThat(backend.stats().running()).as("running").isEqualTo(running);
              assertThat(backend.stats().waiting()).as("waiting").isEqualTo(waiting);
            });
  }

  private long awaitTokensAtRest() {
    long[] last = {-1};
    await()
        .atMost(LIMIT)
        .pollInterval(Duration.ofMillis(200))
        .until(
            () -> {
              long before = last[0];
              last[0] = backend.stats().tokens();
              return last[0] == before;
            });
    return last[0];
  }
}
