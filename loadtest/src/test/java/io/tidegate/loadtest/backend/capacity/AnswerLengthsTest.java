package io.tidegate.loadtest.backend.capacity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.IntSummaryStatistics;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AnswerLengthsTest {

  private static final AnswerLengths LENGTHS = new AnswerLengths(200, 0.6, 1000);

  @Test
  void hasTheMeanAndTheSpreadOfALogNormal() {
    int[] lengths = samples(LENGTHS, 1);
    assertThat(IntStream.of(lengths).average().orElseThrow()).isCloseTo(200, within(4.0));
    double meanLog = IntStream.of(lengths).mapToDouble(Math::log).average().orElseThrow();
    double variance =
        IntStream.of(lengths)
            .mapToDouble(tokens -> Math.pow(Math.log(tokens) - meanLog, 2))
            .average()
            .orElseThrow();
    assertThat(Math.sqrt(variance)).isCloseTo(0.6, within(0.02));
  }

  @Test
  void staysWithinOneAndTheMaximum() {
    IntSummaryStatistics lengths =
        IntStream.of(samples(new AnswerLengths(20, 3, 30), 1)).summaryStatistics();
    assertThat(lengths.getMin()).isEqualTo(1);
    assertThat(lengths.getMax()).isEqualTo(30);
  }

  @Test
  void isAlwaysTheMeanWithoutSpread() {
    assertThat(samples(LENGTHS.withSpread(0), 1)).containsOnly(200);
  }

  @Test
  void repeatsItselfForTheSameSeedOnly() {
    assertThat(samples(LENGTHS, 7))
        .isEqualTo(samples(LENGTHS, 7))
        .isNotEqualTo(samples(LENGTHS, 8));
  }

  @Test
  void raisesTheMaximumWithTheMean() {
    assertThat(LENGTHS.withMeanTokens(5000).maxTokens()).isEqualTo(5000);
  }

  @Test
  void rejectsASpreadThatIsNotANumber() {
    assertThatIllegalArgumentException().isThrownBy(() -> LENGTHS.withSpread(Double.NaN));
    assertThatIllegalArgumentException().isThrownBy(() -> LENGTHS.withSpread(-0.1));
  }

  private static int[] samples(AnswerLengths lengths, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    return IntStream.range(0, 20_000).map(i -> lengths.sample(random)).toArray();
  }
}
