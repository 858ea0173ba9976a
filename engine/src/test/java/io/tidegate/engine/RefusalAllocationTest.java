package io.tidegate.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.tidegate.engine.admission.Admission;
import io.tidegate.engine.admission.AdmissionRequest;
import io.tidegate.engine.admission.RefusalReason;
import io.tidegate.engine.tier.Subscriber;
import io.tidegate.engine.tier.TierTable;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A storm of refusals makes no garbage: nothing in the engine grows with their number.
 *
 * <p>Shown red by hand: {@code Refusals.of} that builds a new refusal.
 */
class RefusalAllocationTest {
  private static final int REFUSALS = 100_000;
  // The measurement itself and a late compilation may cost a little; one object each would be 2 MB.
  private static final long TINY_BYTES = 16_384;

  @TempDir Path folder;

  @Test
  void allocatesNothingForRefusals() {
    EngineSettings settings =
        EngineSettings.of(TierTable.defaults())
            .withCountersFile(folder.resolve("counters"))
            .withLimit(10, 0);
    try (Engine engine = Engine.start(settings)) {
      Subscriber plus = new Subscriber("ann", engine.tiers().best());
      Subscriber fresh = new Subscriber("eve", engine.tiers().find("new").orElseThrow());
      AdmissionRequest forRoom = AdmissionRequest.of(plus);
      AdmissionRequest byLatchOrRoom = AdmissionRequest.of(fresh);
      AdmissionRequest tooLarge = AdmissionRequest.of(plus).withSeats(11);
      engine.admit(AdmissionRequest.of(plus).withSeats(10));

      assertAllocatesNothing(() -> engine.admit(forRoom));
      assertAllocatesNothing(() -> engine.admit(byLatchOrRoom));
      assertAllocatesNothing(() -> engine.admit(tooLarge));
      assertAllocatesNothing(() -> engine.turnAway(plus, RefusalReason.NO_UPSTREAM, 2_000));
      engine.drain();
      assertAllocatesNothing(() -> engine.admit(byLatchOrRoom));
    }
  }

  private static void assertAllocatesNothing(Supplier<Admission> refusal) {
    refuse(refusal);
    long before = allocatedBytes();
    refuse(refusal);
    assertThat(allocatedBytes() - before).isLessThan(TINY_BYTES);
  }

  private static void refuse(Supplier<Admission> refusal) {
    for (int i = 0; i < REFUSALS; i++) {
      if (!(refusal.get() instanceof Admission.Refused)) {
        throw new AssertionError("admitted");
      }
    }
  }

  private static long allocatedBytes() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    return threads.getThreadAllocatedBytes(Thread.currentThread().getId());
  }
}
