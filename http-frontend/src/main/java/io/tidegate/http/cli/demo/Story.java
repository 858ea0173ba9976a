package io.tidegate.http.cli.demo;

import io.tidegate.http.cli.demo.Chapter.Deed;
import java.time.Duration;
import java.util.List;

/**
 * What happens in the demo, chapter by chapter. It is made for a backend of {@link #SEATS} seats.
 *
 * @param chapters at least one, in their order
 */
record Story(List<Chapter> chapters) {

  /** What two processor cores carry beside the gate and the visitors. */
  static final int SEATS = 48;

  /** What is left of them after the loss. */
  static final int SEATS_LEFT = SEATS / 2;

  private static final double SURGE = 10;

  private static final Rates CALM = new Rates(1, .8, .6, .2);
  private static final Rates RUSH = new Rates(1.2, .8, 3, 6);
  private static final Rates PAUSED = new Rates(1.5, .8, 1.2, 2.5);

  Story {
    chapters = List.copyOf(chapters);
    if (chapters.isEmpty()) {
      throw new IllegalArgumentException("a story needs a chapter");
    }
  }

  /** A launch day in three minutes. */
  static Story ofLaunchDay() {
    return new Story(
        List.of(
            new Chapter("Calm: everybody is served.", Duration.ofSeconds(30), CALM, Deed.SET_RIGHT),
            new Chapter(
                "A launch: one feature draws subscribers in, and new ones come.",
                Duration.ofSeconds(40),
                RUSH,
                Deed.NOTHING),
            new Chapter(
                "A pause of sign-ups is announced, so that those who have paid are served.",
                Duration.ofSeconds(35),
                PAUSED,
                Deed.ANNOUNCE_PAUSE),
            new Chapter(
                "Half of the backend is lost: the limit follows, and those who pay longest go first.",
                Duration.ofSeconds(30),
                PAUSED,
                Deed.LOSE_HALF),
            new Chapter(
                "The backend is back and the pause ends: those on the wait-list come first, drop by drop.",
                Duration.ofSeconds(25),
                CALM,
                Deed.BRING_BACK),
            new Chapter(
                "Recovery: sign-ups are open again, nobody waits.",
                Duration.ofSeconds(20),
                CALM,
                Deed.SET_RIGHT)));
  }

  /** What is added to a calm day to make it ten of them, for a while. */
  static Story ofSurge() {
    return new Story(
        List.of(
            new Chapter(
                "Ten times as many come.",
                Duration.ofSeconds(20),
                CALM.times(SURGE - 1),
                Deed.NOTHING)));
  }

  /** How long all of it takes. */
  Duration length() {
    return startOf(chapters.size());
  }

  /** When a chapter begins, from the beginning of the story. */
  Duration startOf(int chapter) {
    return chapters.subList(0, chapter).stream()
        .map(Chapter::length)
        .reduce(Duration.ZERO, Duration::plus);
  }

  /** The same story told faster. */
  Story fasterBy(int factor) {
    return new Story(
        chapters.stream()
            .map(
                chapter ->
                    new Chapter(
                        chapter.sentence(),
                        chapter.length().dividedBy(factor),
                        chapter.rates(),
                        chapter.deed()))
            .toList());
  }
}
