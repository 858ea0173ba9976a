package io.tidegate.loadtest.arrival.open;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnvelopeTest {

  @TempDir Path dir;

  @Test
  void drawsStraightLinesBetweenRows() throws IOException {
    RateArrivals rate = read("second,users_per_second\n0,0\n10,20\n20,20\n", 1, 1);
    assertThat(rate.durationNanos()).isEqualTo(TimeUnit.SECONDS.toNanos(20));
    assertThat(count(rate)).isEqualTo(100 + 200);
  }

  @Test
  void readsRequestsAnHourAtAnotherSpeedAndRate() throws IOException {
    String hours = "hour_index,requests_approx\r\n0,3600\r\n1,3600";
    assertThat(count(read(hours, 1, 1))).isEqualTo(3600);
    assertThat(count(read(hours, 60, 1))).isEqualTo(60);
    assertThat(count(read(hours, 60, 10))).isEqualTo(600);
  }

  @Test
  void namesTheLineAndFieldItCannotRead() {
    assertThatThrownBy(() -> read("second,users_per_second\n0,1\n5,x\n", 1, 1))
        .hasMessageContaining("rate.csv:3: rate")
        .hasMessageContaining("`x`");
    assertThatThrownBy(() -> read("a,b\n0,1\n", 1, 1)).hasMessageContaining(":1: header");
  }

  private RateArrivals read(String text, double timeScale, double rateScale) throws IOException {
    Path file = Files.writeString(dir.resolve("rate.csv"), text);
    return Envelope.read(file, timeScale, rateScale);
  }

  private static long count(RateArrivals rate) {
    long[] count = {0};
    rate.fireTimes(new SplittableRandom(1)).forEachRemaining((long t) -> count[0]++);
    return count[0];
  }
}
