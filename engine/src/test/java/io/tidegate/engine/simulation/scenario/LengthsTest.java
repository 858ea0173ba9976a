package io.tidegate.engine.simulation.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lengths and gaps have the distribution that is claimed for them. */
class LengthsTest {
  private static final int SAMPLES = 100_000;

  @Test
  void areThoseOfTheTraceTheyAreFittedTo() {
    ChatLengths chat = ChatLengths.conversation();

    assertThat(chat.prompts().mean()).isCloseTo(1_155, withinPercentage(2));
    assertThat(chat.answers().mean()).isCloseTo(211, withinPercentage(2));
    assertThat(percentiles(chat.prompts(), .5, .9, .99)).containsExactly(1_020, 2_735, 4_142);
    assertThat(percentiles(chat.answers(), .5, .9, .99, 1)).containsExactly(129, 424, 601, 1_000);
  }

  @Test
  void areDrawnAsOftenAsTheirQuantilesSay() {
    int[] drawn = sorted(ChatLengths.conversation().answers());

    assertThat(Arrays.stream(drawn).average().orElseThrow()).isCloseTo(211, withinPercentage(3));
    assertThat(drawn[SAMPLES / 2]).isCloseTo(129, withinPercentage(3));
    assertThat(drawn[SAMPLES * 9 / 10]).isCloseTo(424, withinPercentage(3));
    assertThat(drawn[0]).isGreaterThanOrEqualTo(7);
    assertThat(drawn[SAMPLES - 1]).isLessThanOrEqualTo(1_000);
  }

  @Test
  void comeFromATraceOfOnesOwn(@TempDir Path folder) throws IOException {
    Path trace = folder.resolve("trace.csv");
    Files.writeString(trace, "TIMESTAMP,ContextTokens,GeneratedTokens\r\n0,100,10\r\n1,300,30");

    ChatLengths lengths = ChatLengths.ofTrace(trace);

    assertThat(lengths.prompts().mean()).isEqualTo(200);
    assertThat(percentiles(lengths.answers(), 0, .5, 1)).containsExactly(10, 20, 30);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0,100", "0,100,many", "0,100,0", ""})
  void nameTheLineOfATraceThatIsNone(String line, @TempDir Path folder) throws IOException {
    Path trace = folder.resolve("trace.csv");
    Files.writeString(trace, "TIMESTAMP,ContextTokens,GeneratedTokens\n0,100,10\n" + line + "\n");

    assertThatIllegalArgumentException()
        .isThrownBy(() -> ChatLengths.ofTrace(trace))
        .withMessageContaining("line 3");
  }

  @Test
  void areRefusedWithQuantilesOutOfOrder() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Lengths.ofQuantiles(new double[] {0, .5, 1}, new double[] {1, 9, 8}));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Lengths.ofQuantiles(new double[] {0, .9}, new double[] {1, 9}));
  }

  private static int[] percentiles(Lengths of, double... shares) {
    return Arrays.stream(shares).mapToInt(of::at).toArray();
  }

  private static int[] sorted(Lengths lengths) {
    Random random = new Random(3);
    return IntStream.range(0, SAMPLES).map(sample -> lengths.draw(random)).sorted().toArray();
  }
}
