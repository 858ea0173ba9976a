package io.tidegate.engine.signup.line;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class WaitLineTest {

  @Test
  void countsLikeASortedSetOverRandomHistories() {
    long seed = Long.getLong("seed", System.currentTimeMillis());
    Random random = new Random(seed);
    TreeSet<Long> model = new TreeSet<>();
    WaitLine line = WaitLine.EMPTY;
    long next = 1;
    for (int step = 0; step < 20_000; step++) {
      if (random.nextInt(5) < 3) {
        next += random.nextInt(4) == 0 ? random.nextInt(3000) : 0;
        line = line.with(next);
        model.add(next++);
      } else if (!model.isEmpty()) {
        long ticket =
            random.nextBoolean() ? model.first() : near(model, (long) (random.nextDouble() * next));
        line = line.without(ticket);
        model.remove(ticket);
      }
      long asked = (long) (random.nextDouble() * (next + 5000));
      assertThat(line.ahead(asked))
          .as("seed %d, step %d, ahead of %d", seed, step, asked)
          .isEqualTo(model.headSet(asked).size());
      assertThat(line.size()).as("seed %d, step %d", seed, step).isEqualTo(model.size());
      assertThat(line.contains(asked)).isEqualTo(model.contains(asked));
    }
    assertThat(line.first(50)).containsExactly(first(model, 50));
  }

  private static long near(NavigableSet<Long> model, long wanted) {
    Long found = model.ceiling(wanted);
    return found == null ? model.last() : found;
  }

  private static long[] first(Set<Long> model, int count) {
    return model.stream().limit(count).mapToLong(Long::longValue).toArray();
  }

  @Test
  void isTheSameAfterItsBlocksWereSavedAndRead() {
    WaitLine line = WaitLine.EMPTY;
    for (long ticket : new long[] {3, 4095, 4096, 20_000, 20_001}) {
      line = line.with(ticket);
    }
    List<Long> blocks = new ArrayList<>();
    line.forEachBlockUnlike(WaitLine.EMPTY, blocks::add);
    WaitLine read = WaitLine.EMPTY;
    for (long block : blocks) {
      read = read.append(block, line.bits(block));
    }
    assertThat(blocks).containsExactly(0L, 1L, 4L);
    assertThat(read.first(10)).containsExactly(3, 4095, 4096, 20_000, 20_001);
    assertThat(read.ahead(20_001)).isEqualTo(4);
  }

  @Test
  void namesOnlyTheBlocksThatChanged() {
    WaitLine before = WaitLine.EMPTY.with(1).with(5000).with(9000);
    List<Long> blocks = new ArrayList<>();
    before.without(5000).with(9001).forEachBlockUnlike(before, blocks::add);
    assertThat(blocks).containsExactly(1L, 2L);
    assertThat(before.without(5000).bits(1)).isEmpty();
  }

  @Test
  void letsGoOfBlocksAtTheFrontButNotOfTheCount() {
    WaitLine line = WaitLine.EMPTY.with(1).with(100_000);
    WaitLine later = line.without(1);
    assertThat(later.ahead(100_000)).isZero();
    assertThat(later.ahead(1)).isZero();
    assertThat(later.contains(1)).isFalse();
    assertThat(later.with(2).first(5)).containsExactly(2, 100_000);
  }

  @Test
  void isNotChangedByWhatIsMadeOfIt() {
    WaitLine line = WaitLine.EMPTY.with(7);
    line.with(8);
    line.without(7);
    assertThat(line.first(9)).containsExactly(7);
  }

  @Test
  void refusesABlockThatIsNotBehindTheOthers() {
    WaitLine line = WaitLine.EMPTY.with(5000);
    assertThatThrownBy(() -> line.append(1, line.bits(1)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
