package io.tidegate.http.cli.demo;

import io.tidegate.http.Frontend;
import io.tidegate.http.live.Events.Kind;
import io.tidegate.loadtest.backend.ChatBackend;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/** The story on a running gate: what an operator does is done by the calls that operators make. */
final class GateStage implements Stage {

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /** So much of its chapter passes between the announcement of a pause and the pause. */
  private static final int AHEAD = 3;

  private static final int JOIN = 12;

  private final HttpClient http = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
  private final Frontend gate;
  private final ChatBackend backend;

  GateStage(Frontend gate, ChatBackend backend) {
    this.gate = gate;
    this.backend = backend;
  }

  @Override
  public void begin(Story story, int chapter) {
    Chapter now = story.chapters().get(chapter);
    gate.events().note(Kind.STORY, now.sentence());
    switch (now.deed()) {
      case SET_RIGHT -> {
        backend.setCapacitySeats(Story.SEATS);
        signups("resume", "\"reason\":\"All is well.\"");
      }
      case NOTHING -> {}
      case ANNOUNCE_PAUSE -> announcePause(story, chapter);
      case LOSE_HALF -> {
        backend.setCapacitySeats(Story.SEATS_LEFT);
        joinWaitList();
      }
      case BRING_BACK -> backend.setCapacitySeats(Story.SEATS);
    }
  }

  /** It ends when the chapter begins that brings the backend back. */
  private void announcePause(Story story, int chapter) {
    Instant now = Instant.now();
    Duration began = story.startOf(chapter);
    Duration lasts = story.length();
    for (int later = chapter; later < story.chapters().size(); later++) {
      if (story.chapters().get(later).deed() == Chapter.Deed.BRING_BACK) {
        lasts = story.startOf(later);
      }
    }
    signups(
        "pause",
        "\"at\":\"%s\",\"until\":\"%s\",\"reason\":\"The launch has filled the service.\""
            .formatted(
                now.plus(story.chapters().get(chapter).length().dividedBy(AHEAD)),
                now.plus(lasts.minus(began))));
  }

  private void joinWaitList() {
    for (int n = 0; n < JOIN; n++) {
      UUID name = UUID.randomUUID();
      post(
          gate.dataAddress(),
          "/signup/v1/waitlist",
          "{\"email\":\"%s@example.org\",\"plan\":\"plus\"}".formatted(name));
    }
  }

  private void signups(String what, String fields) {
    post(gate.adminAddress(), "/admin/v1/signups/" + what, "{\"by\":\"demo\"," + fields + "}");
  }

  private void post(InetSocketAddress to, String path, String json) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + to.getPort() + path))
            .timeout(PATIENCE)
            .header("content-type", "application/json")
            .header("idempotency-key", UUID.randomUUID().toString())
            .POST(HttpRequest.BodyPublishers.ofString(json))
            .build();
    try {
      HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() >= 300) {
        throw new IllegalStateException(path + ": " + answer.statusCode() + " " + answer.body());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(path, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
