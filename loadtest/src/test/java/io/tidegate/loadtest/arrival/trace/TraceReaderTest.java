package io.tidegate.loadtest.arrival.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TraceReaderTest {

  private static final String BURST_HEADER =
      "Timestamp,Model,Request tokens,Response tokens,Total tokens,Log Type\n";

  @TempDir Path dir;

  @Test
  void readsAzureRowsWithDosLineEndsAndNoLastOne() throws IOException {
    Trace trace =
        read(
            String.join(
                "\r\n",
                "TIMESTAMP,ContextTokens,GeneratedTokens",
                "2023-11-16 23:59:59.6805900,374,44",
                "2023-11-17 00:00:00.9951690,396,109"));
    assertThat(trace.rows())
        .containsExactly(new TraceRow(0, 374, 44), new TraceRow(1_314_579_000, 396, 109));
  }

  @Test
  void readsMooncakeRowsAndPassesOverWhatIsNested() throws IOException {
    Trace trace =
        read(
            """
            {"timestamp": 3000, "input_length": 6758, "output_length": 500, "hash_ids": [0, 1]}
            {"hash_ids": [], "output_length": 1, "input_length": 2, "timestamp": 6052}
            """);
    assertThat(trace.rows())
        .containsExactly(new TraceRow(0, 6758, 500), new TraceRow(3_052_000_000L, 2, 1));
  }

  @Test
  void readsBurstGptRowsAndCountsThoseWithoutAnAnswer() throws IOException {
    Trace trace =
        read(
            BURST_HEADER
                + "5,ChatGPT,472,18,490,Conversation log\n"
                + "45.5,GPT-4,1087,0,1087,API log\n");
    assertThat(trace.rows())
        .containsExactly(
            new TraceRow(0, 472, 18), new TraceRow(TimeUnit.MILLISECONDS.toNanos(40_500), 1087, 0));
    assertThat(trace.rowsWithoutAnswer()).isEqualTo(1);
  }

  @Test
  void namesLineAndFieldOfWhatItCannotRead() {
    refuses(BURST_HEADER + "5,M,1,1,2,x\n6,M,many,1,2,x\n", ":3: Request tokens: `many`");
    refuses(BURST_HEADER + "5,M,1,1,2\n", ":2: row");
    refuses(BURST_HEADER + "-5,M,1,1,2,x\n", ":2: Timestamp: `-5`");
    refuses(BURST_HEADER + "5,M,1,-1,0,x\n", ":2: Response tokens: `-1`");
    refuses("TIMESTAMP,ContextTokens,GeneratedTokens\n16 Nov,1,1\n", ":2: TIMESTAMP: `16 Nov`");
    refuses("{\"timestamp\": 1, \"input_length\": 2}\n", ":1: output_length: `null`");
    refuses("{\"timestamp\": 1, \"input_length\": 2\n", ":1: row");
    refuses("time,size\n1,2\n", ":1: header: `time,size`");
    refuses("", ":1: header");
  }

  @Test
  void refusesTimesThatGoBack() {
    refuses(BURST_HEADER + "5,M,1,1,2,x\n4,M,1,1,2,x\n", ":3: time");
  }

  private void refuses(String text, String message) {
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(TraceException.class)
        .hasMessageContaining("trace.txt" + message);
  }

  private Trace read(String text) throws IOException {
    return TraceReader.read(Files.writeString(dir.resolve("trace.txt"), text));
  }
}
