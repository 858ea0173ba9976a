package io.tidegate.loadtest.backend.capacity;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.loadtest.backend.stats.BackendCounters;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BatchTest {

  private static final int PROMPT_TOKENS = 50;
  private static final int OUTPUT_TOKENS = 100;
  private static final Plan TYPICAL = Plan.of(PROMPT_TOKENS, OUTPUT_TOKENS);

  /** Two seats in memory; 100 ms to the first token, 10 ms to each further one. */
  private static final CapacityModel TWO_SEATS =
      new CapacityModel(
          Kind.KV,
          2,
          TimeUnit.MILLISECONDS.toNanos(100),
          TimeUnit.MILLISECONDS.toNanos(10),
          PROMPT_TOKENS,
          new AnswerLengths(OUTPUT_TOKENS, 0, OUTPUT_TOKENS));

  private final BackendCounters counters = new BackendCounters();
  private Batch batch = new Batch(TWO_SEATS, 3, counters, 0);
  private long nowNanos;

  @Test
  void makesTheTokensInOrderAndInTime() {
    Sink sink = offer(TYPICAL);
    advanceMillis(99);
    assertThat(sink.numbers).isEmpty();
    advanceMillis(4);
    assertThat(sink.numbers).containsExactly(1);
    advanceMillis(50);
    assertThat(sink.numbers).containsExactly(1, 2, 3, 4, 5, 6);
    advanceMillis(940);
    assertThat(sink.numbers).isEqualTo(IntStream.rangeClosed(1, OUTPUT_TOKENS).boxed().toList());
    assertThat(sink.finished).isTrue();
    assertThat(counters.snapshot().completed()).isEqualTo(1);
    assertThat(counters.snapshot().tokens()).isEqualTo(OUTPUT_TOKENS);
    assertThat(batch.isIdle()).isTrue();
  }

  @Test
  void makesRequestsWaitForMemoryFirstComeFirstServed() {
    Sink first = offer(TYPICAL);
    offer(Plan.of(PROMPT_TOKENS, OUTPUT_TOKENS / 2));
    Sink third = offer(TYPICAL);
    // Would fit where the third does not, and yet does not pass it.
    Sink fourth = offer(Plan.of(1, 1));
    advanceMillis(110);
    assertOccupancy(2, 2);
    assertThat(third.begun).isFalse();
    assertThat(fourth.begun).isFalse();
    first.generation.leave(nowNanos);
    assertOccupancy(3, 0);
    advanceMillis(110);
    assertThat(third.begun).isTrue();
  }

  @Test
  void turnsAwayWhatWouldWaitBeyondTheLimit() {
    for (int i = 0; i < 5; i++) {
      offer(TYPICAL);
    }
    assertThat(batch.offer(TYPICAL, new Sink(), nowNanos)).isEmpty();
    assertOccupancy(2, 3);
  }

  @Test
  void runsARequestLargerThanTheMemoryAlone() {
    Sink large = offer(Plan.of(PROMPT_TOKENS, 5_000));
    offer(TYPICAL);
    assertOccupancy(1, 1);
    advanceMillis(110);
    assertThat(large.begun).isTrue();
  }

  @Test
  void slowsEveryStreamWhenTheBatchIsCrowded() {
    batch = new Batch(TWO_SEATS.withKind(Kind.COMPUTE), 0, counters, 0);
    Sink alone = offer(TYPICAL);
    advanceMillis(200);
    int before = alone.numbers.size();
    advanceMillis(200);
    assertThat(alone.numbers.size() - before).isEqualTo(20);
    for (int i = 0; i < 7; i++) {
      offer(TYPICAL);
    }
    advanceMillis(20);
    before = alone.numbers.size();
    advanceMillis(200);
    assertThat(alone.numbers.size() - before).isEqualTo(5);
  }

  @Test
  void dropsAnAbortedRequestWhateverItsStage() {
    Sink prefilling = offer(TYPICAL);
    Sink streaming = offer(TYPICAL);
    Sink waiting = offer(TYPICAL);
    waiting.generation.leave(nowNanos);
    assertOccupancy(2, 0);
    prefilling.generation.leave(nowNanos);
    advanceMillis(150);
    streaming.generation.leave(nowNanos);
    int madeBefore = streaming.numbers.size();
    advanceMillis(500);
    assertThat(streaming.numbers).hasSize(madeBefore).isNotEmpty();
    assertThat(prefilling.begun).isFalse();
    assertThat(waiting.begun).isFalse();
    assertOccupancy(0, 0);
    assertThat(counters.snapshot().aborted()).isEqualTo(3);
  }

  @Test
  void countsAnEndOnce() {
    Sink sink = offer(Plan.of(1, 1));
    advanceMillis(200);
    sink.generation.leave(nowNanos);
    sink.generation.leave(nowNanos);
    assertThat(counters.snapshot().completed()).isEqualTo(1);
    assertThat(counters.snapshot().aborted()).isZero();
    assertOccupancy(0, 0);
  }

  @Test
  void restsWhileTheReaderHasNoRoomAndDoesNotCatchUp() {
    Sink sink = offer(TYPICAL);
    advanceMillis(150);
    sink.room = false;
    int madeBefore = sink.numbers.size();
    advanceMillis(500);
    assertThat(sink.numbers).hasSize(madeBefore);
    assertOccupancy(1, 0);
    sink.room = true;
    sink.generation.resume(nowNanos);
    advanceMillis(100);
    assertThat(sink.numbers.size() - madeBefore).isBetween(10, 11);
  }

  @Test
  void feedsAStreamWithoutPaceAsFastAsItIsRead() {
    Sink sink = offer(new Plan(1, 1_000, OptionalLong.of(0), OptionalLong.of(0)));
    advanceMillis(20);
    assertThat(sink.numbers).hasSize(1_000);
    assertThat(sink.finished).isTrue();
  }

  @Test
  void keepsThePlaceOfAnAnswerThatIsHeldOpen() {
    Sink sink = new Sink();
    sink.letsGo = false;
    sink.generation = batch.offer(Plan.of(1, 3), sink, nowNanos).orElseThrow();
    advanceMillis(1_000);
    assertThat(sink.numbers).containsExactly(1, 2, 3);
    assertOccupancy(1, 0);
    sink.generation.leave(nowNanos);
    assertOccupancy(0, 0);
    assertThat(counters.snapshot().aborted()).isEqualTo(1);
  }

  @Test
  void shrinksWithoutHarmToWhatRunsAndGrowsAtOnce() {
    Sink first = offer(TYPICAL);
    offer(TYPICAL);
    offer(TYPICAL);
    batch.setSeats(1, nowNanos);
    assertOccupancy(2, 1);
    first.generation.leave(nowNanos);
    assertOccupancy(1, 1);
    batch.setSeats(3, nowNanos);
    assertOccupancy(2, 0);
  }

  @Test
  void remembersTheMostThatRanAtOnce() {
    Sink first = offer(TYPICAL);
    Sink second = offer(TYPICAL);
    first.generation.leave(nowNanos);
    second.generation.leave(nowNanos);
    assertThat(counters.snapshot().maxRunning()).isEqualTo(2);
  }

  private Sink offer(Plan plan) {
    Sink sink = new Sink();
    sink.generation = batch.offer(plan, sink, nowNanos).orElseThrow();
    return sink;
  }

  private void advanceMillis(int millis) {
    for (int i = 0; i < millis; i++) {
      nowNanos += TimeUnit.MILLISECONDS.toNanos(1);
      batch.advance(nowNanos);
    }
  }

  private void assertOccupancy(int running, int waiting) {
    assertThat(counters.snapshot().running()).as("running").isEqualTo(running);
    assertThat(counters.snapshot().waiting()).as("waiting").isEqualTo(waiting);
  }

  private static final class Sink implements TokenReader {
    private final List<Integer> numbers = new ArrayList<>();
    private Generation generation;
    private boolean room = true;
    private boolean letsGo = true;
    private boolean begun;
    private boolean finished;

    @Override
    public void begin() {
      begun = true;
    }

    @Override
    public boolean ready() {
      return room;
    }

    @Override
    public void token(int number) {
      numbers.add(number);
    }

    @Override
    public void flush() {}

    @Override
    public boolean finish() {
      finished = true;
      return letsGo;
    }
  }
}
