package io.tidegate.http.cli.demo;

import java.util.function.IntConsumer;

/**
 * Says when each chapter of a story begins, as time goes on.
 *
 * <p>Threading: for one thread at a time.
 */
final class Chapters {

  private final Story story;
  private final IntConsumer begins;
  private int next;

  /**
   * @param begins hears the number of a chapter, each once, in their order
   */
  Chapters(Story story, IntConsumer begins) {
    this.story = story;
    this.begins = begins;
  }

  /** So long ago the story began. */
  void elapsed(long nanos) {
    while (next < story.chapters().size() && nanos >= story.startOf(next).toNanos()) {
      begins.accept(next++);
    }
  }
}
