package io.tidegate.http.cli.demo;

import io.tidegate.http.Frontend;
import io.tidegate.http.live.Demo;
import io.tidegate.http.live.Events.Kind;
import io.tidegate.loadtest.backend.ChatBackend;
import java.time.Duration;
import java.time.Instant;

/**
 * The story on a running gate: what an operator does is done by the calls that operators make.
 *
 * <p>Threading: chapters begin on one thread, the wishes of those who look on come on others.
 */
final class GateStage implements Stage, Demo {

  /** So much of its chapter passes between the announcement of a pause and the pause. */
  private static final int AHEAD = 3;

  private final Calls calls = new Calls();
  private final Frontend gate;
  private final ChatBackend backend;
  private final Surge surge;
  private final WaitingPeople waitList;
  private volatile Telling begun = new Telling("The story begins.", 1, 1, 0, false, true);
  private volatile boolean gateOn = true;

  GateStage(Frontend gate, ChatBackend backend, Surge surge) {
    this.gate = gate;
    this.backend = backend;
    this.surge = surge;
    this.waitList = new WaitingPeople(gate, calls);
  }

  @Override
  public void begin(Story story, int chapter) {
    Chapter now = story.chapters().get(chapter);
    begun =
        new Telling(
            now.sentence(),
            chapter + 1,
            story.chapters().size(),
            Instant.now().plus(now.length()).toEpochMilli(),
            false,
            true);
    gate.live().events().note(Kind.STORY, now.sentence());
    switch (now.deed()) {
      case SET_RIGHT -> {
        backend.setCapacitySeats(Story.SEATS);
        signups("resume", "\"reason\":\"All is well.\"");
      }
      case NOTHING -> {}
      case ANNOUNCE_PAUSE -> announcePause(story, chapter);
      case LOSE_HALF -> {
        backend.setCapacitySeats(Story.SEATS_LEFT);
        waitList.join();
      }
      case BRING_BACK -> {
        backend.setCapacitySeats(Story.SEATS);
        waitList.inviteWithin(now.length());
      }
    }
  }

  @Override
  public Telling telling() {
    Telling now = begun;
    return new Telling(
        now.chapter(), now.number(), now.of(), now.untilEpochMillis(), surge.isOn(), gateOn);
  }

  @Override
  public void surge() {
    if (surge.begin()) {
      gate.live().events().note(Kind.STORY, "Somebody here let ten times as many come.");
    }
  }

  @Override
  public void gate(boolean on) {
    calls.make(
        "PUT",
        gate.adminAddress(),
        "/admin/v1/limit",
        on
            ? "{\"mode\":\"adaptive\",\"seats\":" + DemoGate.FIRST_SEATS + "}"
            : "{\"mode\":\"shadow\",\"seats\":null}");
    gateOn = on;
    gate.live()
        .events()
        .note(
            Kind.STORY,
            on
                ? "Somebody here switched the gate on: it decides who comes in."
                : "Somebody here switched the gate off: everybody comes in, as without it.");
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

  private void signups(String what, String fields) {
    calls.make(
        "POST",
        gate.adminAddress(),
        "/admin/v1/signups/" + what,
        "{\"by\":\"demo\"," + fields + "}");
  }
}
