package io.tidegate.http.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidegate.engine.Engine;
import io.tidegate.engine.EngineSettings;
import io.tidegate.engine.admission.Admission;
import io.tidegate.engine.admission.AdmissionRequest;
import io.tidegate.engine.admission.Outcome;
import io.tidegate.engine.tier.Subscriber;
import io.tidegate.engine.tier.TierTable;
import io.tidegate.http.config.GateConfig;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.HdrHistogram.EncodableHistogram;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogReader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is told of a second is what happened in it. */
class LiveFeedTest {
  private static final long START = 1_700_000_000_000L;
  private static final long MILLI = 1_000_000L;
  private static final int SECONDS = Integer.getInteger("live.seconds", 12_000);

  private static final long MAX_BYTES = 4L << 10;
  private static final long A_SECOND = 4L << 10;

  @TempDir private Path folder;

  private final AtomicLong nanos = new AtomicLong(1);
  private final AtomicLong millis = new AtomicLong(START);
  private final Engine engine =
      Engine.stepped(EngineSettings.of(TierTable.defaults()), nanos::get, millis::get);
  private final Events events = new Events();
  private final GcPauses pauses = new GcPauses();
  private final Seconds seconds =
      new Seconds(
          engine,
          List::of,
          GateConfig::defaults,
          List::of,
          Optional::empty,
          events,
          pauses,
          millis::get);

  @AfterEach
  void end() {
    pauses.close();
    engine.close();
  }

  @Test
  void tellsTotalsOfRequestsAndTheTimesOfThisSecondAlone() throws Exception {
    answerOne(250 * MILLI);
    JsonNode first = told();
    answerOne(500 * MILLI);
    JsonNode second = told();

    assertThat(plus(first).path("offered").asLong()).isEqualTo(1);
    assertThat(plus(second).path("offered").asLong()).isEqualTo(2);
    assertThat(plus(second).at("/completed/served").asLong()).isEqualTo(2);
    assertThat(plus(second).path("running").asLong()).isZero();
    JsonNode times = plus(second).at("/times/first_token");
    assertThat(times.path("count").asLong()).isEqualTo(1);
    assertThat(times.path("max_micros").asDouble()).isCloseTo(500_000, within(5_000.0));
    assertThat(times.path("values").get(0).asDouble()).isCloseTo(500_000, within(5_000.0));
    assertThat(plus(told()).at("/times/first_token/count").asLong()).isZero();
  }

  @Test
  void writesLogsThatHdrHistogramReadsBackWithTheSamePercentiles() throws Exception {
    for (int i = 1; i <= 100; i++) {
      answerOne(i * (10 * MILLI));
    }
    millis.addAndGet(1_000);
    Recent.Second second = seconds.next();
    JsonNode values = plus(json(second)).at("/times/first_token/values");

    String log = HistogramLog.head(START) + second.log();
    HistogramLogReader reader =
        new HistogramLogReader(new ByteArrayInputStream(log.getBytes(StandardCharsets.UTF_8)));
    Histogram read = null;
    while (reader.hasNext()) {
      EncodableHistogram next = reader.nextIntervalHistogram();
      if ("plus".equals(next.getTag())) {
        read = (Histogram) next;
      }
    }

    assertThat(read).isNotNull();
    assertThat(read.getTotalCount()).isEqualTo(100);
    assertThat(read.getStartTimeStamp()).isEqualTo(START);
    assertThat(read.getEndTimeStamp()).isEqualTo(START + 1_000);
    for (double share : new double[] {.5, .9, .99}) {
      double page = percentileMicros(values, share, 100);
      double file = read.medianEquivalentValue(read.getValueAtPercentile(100 * share)) / 1e3;
      assertThat(page).isEqualTo(file);
    }
  }

  @Test
  void tellsOfEventsOnceAndKeepsMarkupAsText() throws Exception {
    events.note(Events.Kind.UPSTREAM, "<script>alert(1)</script>");
    JsonNode event = told().path("events").get(0);
    assertThat(event.path("kind").asText()).isEqualTo("upstream");
    assertThat(event.path("text").asText()).isEqualTo("<script>alert(1)</script>");
    assertThat(told().path("events")).isEmpty();
  }

  @Test
  void tellsThatItDrains() throws Exception {
    told();
    engine.drain();
    JsonNode second = told();
    assertThat(second.path("state").asText()).isEqualTo("draining");
    assertThat(second.path("events").get(0).path("kind").asText()).isEqualTo("drain");
    assertThat(told().path("events")).isEmpty();
  }

  /**
   * The room is that of a quarter of an hour and of eight files. A week of seconds, by hand: {@code
   * -Dlive.seconds=604800}.
   */
  @Test
  void manySecondsTakeNoMoreRoomThanFew() throws Exception {
    HistogramLogFiles files = new HistogramLogFiles(folder.resolve("hlog"), MAX_BYTES);
    Recent recent = new Recent();
    int sizeOfFew = 0;
    for (int second = 1; second <= SECONDS; second++) {
      if (second % 60 == 0) {
        answerOne(200 * MILLI);
        events.note(Events.Kind.LIMIT, "a minute is over");
      }
      millis.addAndGet(1_000);
      Recent.Second told = seconds.next();
      recent.add(told);
      files.append(told.log(), told.epochMillis());
      if (second == 2 * Recent.SECONDS) {
        sizeOfFew = size(recent);
      }
    }
    assertThat(recent.all()).hasSize(Recent.SECONDS);
    assertThat(size(recent)).isCloseTo(sizeOfFew, withinPercentage(5));
    try (Stream<Path> written = Files.list(folder.resolve("hlog"))) {
      List<Path> all = written.toList();
      assertThat(all).hasSize(HistogramLogFiles.MAX_FILES);
      assertThat(all)
          .as("a second is written whole, wherever the bound is")
          .allMatch(file -> file.toFile().length() <= MAX_BYTES + A_SECOND);
    }
  }

  /** Characters that the last quarter of an hour takes. */
  private static int size(Recent recent) {
    return recent.all().stream().mapToInt(one -> one.json().length() + one.log().length()).sum();
  }

  @Test
  void holdsAQuarterOfAnHourAndNoMore() {
    Recent recent = new Recent();
    for (int i = 0; i < 2_000; i++) {
      recent.add(new Recent.Second(i, "{}", ""));
    }
    assertThat(recent.all()).hasSize(900);
    assertThat(recent.all().get(0).epochMillis()).isEqualTo(1_100);
  }

  private void answerOne(long firstTokenNanos) {
    Subscriber alice = new Subscriber("alice", engine.tiers().best());
    Admission.Admitted admitted = (Admission.Admitted) engine.admit(AdmissionRequest.of(alice));
    nanos.addAndGet(firstTokenNanos);
    admitted.permit().firstToken(nanos.get());
    admitted.permit().complete(Outcome.SERVED);
  }

  private JsonNode told() throws Exception {
    millis.addAndGet(1_000);
    return json(seconds.next());
  }

  private static JsonNode json(Recent.Second second) throws Exception {
    return new ObjectMapper().readTree(second.json());
  }

  private static JsonNode plus(JsonNode second) {
    return second.path("tiers").get(0);
  }

  private static double percentileMicros(JsonNode values, double share, long count) {
    long rank = Math.max(1, (long) Math.ceil(share * count));
    long passed = 0;
    for (int i = 0; i < values.size(); i += 2) {
      passed += values.get(i + 1).asLong();
      if (passed >= rank) {
        return values.get(i).asDouble();
      }
    }
    throw new AssertionError("no such rank: " + rank);
  }
}
