package io.tidegate.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidegate.engine.admission.Admission;
import io.tidegate.engine.admission.AdmissionRequest;
import io.tidegate.engine.admission.Outcome;
import io.tidegate.engine.admission.RefusalReason;
import io.tidegate.engine.tier.Subscriber;
import io.tidegate.engine.tier.TierTable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.status.CountersReader;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Another process can read the counters by the documented layout alone: the offsets stand here once
 * more, on purpose.
 *
 * <p>Shown red by hand: the header's two counts exchanged; the lanes laid before the labels.
 */
class CountersFileTest {
  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void choosePlace() {
    file = folder.resolve("data").resolve("counters.dat");
  }

  @Test
  void isReadableThroughAMappingOfItsOwn() throws IOException {
    long before = System.currentTimeMillis();
    try (Engine engine =
        Engine.start(
            EngineSettings.of(TierTable.defaults()).withCountersFile(file).withLimit(20, 4))) {
      Subscriber ann = new Subscriber("ann", engine.tiers().best());
      Admission.Admitted first =
          (Admission.Admitted) engine.admit(AdmissionRequest.of(ann).withSeats(3));
      MappedByteBuffer mapped = map();
      UnsafeBuffer header = new UnsafeBuffer(mapped, 0, 128);

      assertThat(header.getInt(0)).isEqualTo(0x54474331);
      assertThat(header.getLong(16)).isEqualTo(ProcessHandle.current().pid());
      assertThat(header.getLong(24)).isBetween(before, System.currentTimeMillis());
      assertThat(values(mapped))
          .containsEntry("tidegate_limit_seats", 20L)
          .containsEntry("tidegate_reserve_seats", 4L)
          .containsEntry("tidegate_offered_total{tier=\"plus\"}", 1L)
          .containsEntry("tidegate_inflight_seats{tier=\"plus\"}", 3L)
          .containsEntry("tidegate_completed_total{tier=\"plus\",outcome=\"served\"}", 0L)
          .hasSize(4 + 3 * (10 + RefusalReason.values().length + Outcome.values().length));

      first.permit().complete(Outcome.SERVED);
      engine.turnAway(ann, RefusalReason.NO_UPSTREAM, 1_000);

      assertThat(values(mapped))
          .containsEntry("tidegate_offered_total{tier=\"plus\"}", 2L)
          .containsEntry("tidegate_admitted_total{tier=\"plus\"}", 1L)
          .containsEntry("tidegate_refused_total{tier=\"plus\",reason=\"no-upstream\"}", 1L)
          .containsEntry("tidegate_completed_total{tier=\"plus\",outcome=\"served\"}", 1L)
          .containsEntry("tidegate_inflight_seats{tier=\"plus\"}", 0L)
          .containsEntry("tidegate_offered_total{tier=\"new\"}", 0L);
    }
  }

  @Test
  void isNewAtEachStartWhileReadersOfTheOldOneKeepIt() throws IOException {
    MappedByteBuffer old;
    try (Engine engine =
        Engine.start(EngineSettings.of(TierTable.defaults()).withCountersFile(file))) {
      engine.admit(AdmissionRequest.of(new Subscriber("ann", engine.tiers().best())));
      old = map();
    }

    try (Engine again =
        Engine.start(EngineSettings.of(TierTable.defaults()).withCountersFile(file))) {
      assertThat(again.inflightSeats()).isZero();
      assertThat(values(map())).containsEntry("tidegate_offered_total{tier=\"plus\"}", 0L);
      assertThat(values(old)).containsEntry("tidegate_offered_total{tier=\"plus\"}", 1L);
    }
    try (var left = Files.list(file.getParent())) {
      assertThat(left).containsExactly(file);
    }
  }

  @Test
  void saysWhichFileCannotBeMade() throws IOException {
    Files.writeString(folder.resolve("data"), "not a folder");

    assertThatThrownBy(
            () ->
                Engine.start(EngineSettings.of(TierTable.defaults()).withCountersFile(file))
                    .close())
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("cannot make the counters file " + file);
  }

  private MappedByteBuffer map() throws IOException {
    try (FileChannel channel = FileChannel.open(file)) {
      return channel.map(MapMode.READ_ONLY, 0, channel.size());
    }
  }

  private static Map<String, Long> values(MappedByteBuffer mapped) {
    int counters = new UnsafeBuffer(mapped, 0, 128).getInt(4);
    int lanes = new UnsafeBuffer(mapped, 0, 128).getInt(8);
    UnsafeBuffer labels = new UnsafeBuffer(mapped, 128, counters * 512);
    Map<String, Long> sums = new LinkedHashMap<>();
    for (int lane = 0; lane < lanes; lane++) {
      int offset = 128 + counters * 512 + lane * counters * 128;
      new CountersReader(labels, new UnsafeBuffer(mapped, offset, counters * 128))
          .forEach((value, id, label) -> sums.merge(label, value, Long::sum));
    }
    return sums;
  }
}
