package io.tidegate.http.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.http.cli.demo.Chapter.Deed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the story consists of and when its chapters begin. */
class StoryTest {

  private final Story story = Story.ofLaunchDay();

  @Test
  void takesThreeMinutesAndEndsAsItBegan() {
    assertThat(story.length()).isEqualTo(Duration.ofMinutes(3));
    assertThat(story.chapters())
        .extracting(Chapter::deed)
        .containsExactly(
            Deed.SET_RIGHT,
            Deed.NOTHING,
            Deed.ANNOUNCE_PAUSE,
            Deed.LOSE_HALF,
            Deed.BRING_BACK,
            Deed.SET_RIGHT);
    assertThat(story.chapters().get(5).rates()).isEqualTo(story.chapters().get(0).rates());
  }

  @Test
  void everyChapterBeginsOnceAndWhenTheLastOneIsOver() {
    List<String> told = new ArrayList<>();
    int[] second = {0};
    Chapters chapters = new Chapters(story, chapter -> told.add(chapter + " at " + second[0]));
    for (; second[0] < 200; second[0]++) {
      chapters.elapsed(Duration.ofSeconds(second[0]).toNanos());
    }
    assertThat(told)
        .containsExactly("0 at 0", "1 at 30", "2 at 70", "3 at 105", "4 at 135", "5 at 160");
  }

  @Test
  void noChapterIsLeftOutWhenTimeLeaps() {
    List<Integer> told = new ArrayList<>();
    new Chapters(story, told::add).elapsed(Duration.ofSeconds(110).toNanos());
    assertThat(told).containsExactly(0, 1, 2, 3);
  }

  @Test
  void toldFasterItHasTheSameChapters() {
    Story fast = story.fasterBy(10);
    assertThat(fast.length()).isEqualTo(Duration.ofSeconds(18));
    assertThat(fast.startOf(3)).isEqualTo(Duration.ofMillis(10_500));
    assertThat(fast.chapters()).extracting(Chapter::sentence).doesNotHaveDuplicates().hasSize(6);
  }
}
