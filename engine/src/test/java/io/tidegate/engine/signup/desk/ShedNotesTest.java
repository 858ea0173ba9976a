package io.tidegate.engine.signup.desk;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.engine.admission.RefusalReason;
import io.tidegate.engine.signup.desk.upkeep.ShedNotes;
import io.tidegate.engine.signup.desk.upkeep.TellShed.Shed;
import io.tidegate.engine.tier.Subscriber;
import io.tidegate.engine.tier.Tier;
import io.tidegate.engine.tier.TierTable;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ShedNotesTest {
  private static final Tier FREE = TierTable.defaults().find("free").orElseThrow();

  private final long[] now = {1_700_000_000_000L};
  private final ShedNotes notes = new ShedNotes(() -> now[0]);

  private void refused(String id) {
    notes.refused(new Subscriber(id, FREE), RefusalReason.NO_ROOM);
  }

  private List<String> taken(int most) {
    return notes.take(most).stream().map(Shed::subscriber).toList();
  }

  @Test
  void notesSomebodyOnceAnHour() {
    refused("fred");
    refused("fred");
    assertThat(notes.take(10))
        .containsExactly(new Shed("fred", "free", RefusalReason.NO_ROOM, now[0]));
    refused("fred");
    assertThat(taken(10)).isEmpty();
    now[0] += Duration.ofHours(1).toMillis();
    assertThat(taken(10)).isEmpty();
    refused("fred");
    assertThat(taken(10)).containsExactly("fred");
  }

  @Test
  void forgetsAlsoWhenTheClockIsSetBack() {
    refused("fred");
    assertThat(taken(10)).containsExactly("fred");
    now[0] -= Duration.ofHours(2).toMillis();
    assertThat(taken(10)).isEmpty();
    refused("fred");
    assertThat(taken(10)).containsExactly("fred");
  }

  @Test
  void notesNobodyWhoUsedUpTheirOwn() {
    for (RefusalReason own :
        List.of(
            RefusalReason.OVER_RATE,
            RefusalReason.OVER_PARALLEL,
            RefusalReason.OVER_SESSIONS,
            RefusalReason.OVER_FEATURE,
            RefusalReason.NOT_IN_PLAN,
            RefusalReason.BAD_REQUEST)) {
      notes.refused(new Subscriber("fred", FREE), own);
    }
    assertThat(taken(10)).isEmpty();
  }

  @Test
  void givesSoManyAtATimeAndAgainWhatCouldNotBeTold() {
    refused("a");
    refused("b");
    refused("c");
    List<Shed> first = notes.take(2);
    assertThat(first).hasSize(2);
    notes.giveBack(first);
    assertThat(taken(10)).containsExactlyInAnyOrder("a", "b", "c");
  }

  @Test
  void remembersNoMoreThanItsBound() {
    int told = 0;
    for (int i = 0; i < 100_000; i++) {
      refused("s" + i);
      told += i % 1000 == 0 ? notes.take(8_192).size() : 0;
    }
    told += notes.take(8_192).size();
    assertThat(told).isEqualTo(65_536);
    now[0] += Duration.ofHours(1).toMillis();
    notes.take(0);
    refused("s99999");
    assertThat(taken(10)).containsExactly("s99999");
  }
}
