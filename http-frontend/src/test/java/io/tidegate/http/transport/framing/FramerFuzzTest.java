package io.tidegate.http.transport.framing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Requests put together at random, good ones and ones with a random fault. {@code -Dseed=} repeats
 * a run, {@code -Drounds=} lengthens it.
 */
class FramerFuzzTest {

  private static final long SEED = Long.getLong("seed", System.nanoTime());
  private static final int ROUNDS = Integer.getInteger("rounds", 3_000);
  private static final String[] FAULTS = {
    "\n",
    "\r",
    "\0",
    " ",
    "\t",
    ":",
    "0",
    "\r\n",
    "\r\n\r\n",
    "Content-Length: 1\r\n",
    ";",
    "\u00ff"
  };

  private final Random random = new Random(SEED);

  /**
   * What passes does not depend on where the input is cut. Shown red by a scanner that forgot, at a
   * cut between CR and LF, that it had seen the CR.
   */
  @Test
  void decidesTheSameWhereverTheInputIsCut() {
    for (int round = 0; round < ROUNDS; round++) {
      String input = requests();
      if (random.nextInt(4) > 0) {
        input = withFault(input);
      }
      String whole = joined(List.of(input));
      for (int cut = 1; cut < input.length(); cut++) {
        assertThat(joined(List.of(input.substring(0, cut), input.substring(cut))))
            .as("seed %d, round %d, cut %d of: %s", SEED, round, cut, input)
            .isEqualTo(whole);
      }
      assertThat(joined(List.of(input.split("(?s)(?<=.)"))))
          .as("seed %d, round %d, byte by byte: %s", SEED, round, input)
          .isEqualTo(whole);
    }
  }

  /** Good requests pass unchanged, each as a piece of its own. */
  @Test
  void findsTheEndOfEveryGoodRequest() {
    for (int round = 0; round < ROUNDS; round++) {
      List<String> requests = new ArrayList<>();
      for (int i = random.nextInt(5); i >= 0; i--) {
        requests.add(request());
      }
      String separator = random.nextInt(4) == 0 ? "\r\n" : "";
      assertThat(FramerTest.pieces(List.of(String.join(separator, requests))))
          .as("seed %d, round %d", SEED, round)
          .isEqualTo(requests);
    }
  }

  /** Whatever comes, what passes is the beginning of the input, and at most a stand-in after it. */
  @Test
  void passesNothingThatDidNotCome() {
    for (int round = 0; round < ROUNDS; round++) {
      String input = "G" + withFault(withFault(request()));
      String passed = joined(List.of(input));
      boolean isPrefix = input.startsWith(passed);
      for (Refusal refusal : Refusal.values()) {
        String standIn = refusal.standIn().utf8String();
        isPrefix |=
            passed.endsWith(standIn)
                && input.startsWith(passed.substring(0, passed.length() - standIn.length()));
      }
      assertThat(isPrefix).as("seed %d, round %d: %s", SEED, round, input).isTrue();
    }
  }

  private static String joined(List<String> input) {
    return String.join("", FramerTest.pieces(input));
  }

  private String requests() {
    return request() + (random.nextInt(8) == 0 ? "\r\n" : "") + request();
  }

  private String request() {
    String head =
        (random.nextBoolean() ? "GET /v1/a?b=c" : "POST http://g/v1")
            + " HTTP/1.1\r\nHost: g\r\n"
            + "X-A: b \r\n".repeat(random.nextInt(3));
    return switch (random.nextInt(3)) {
      case 0 -> head + "\r\n";
      case 1 -> {
        String body = body(random.nextInt(20));
        yield head + "Content-Length: " + body.length() + "\r\n\r\n" + body;
      }
      default -> head + "transfer-encoding: chunked\r\n\r\n" + chunks();
    };
  }

  private String chunks() {
    StringBuilder chunks = new StringBuilder();
    for (int i = random.nextInt(4); i > 0; i--) {
      String data = body(1 + random.nextInt(20));
      chunks.append(Integer.toHexString(data.length())).append(random.nextBoolean() ? "" : ";a=b");
      chunks.append("\r\n").append(data).append("\r\n");
    }
    return chunks.append("0\r\n").append(random.nextBoolean() ? "" : "X-T: u\r\n") + "\r\n";
  }

  /** Bytes that look like framing, so that one who loses count is led astray. */
  private String body(int length) {
    StringBuilder body = new StringBuilder();
    while (body.length() < length) {
      body.append("\r\n0GET \n;:\0".charAt(random.nextInt(10)));
    }
    return body.toString();
  }

  private String withFault(String input) {
    int at = random.nextInt(input.length());
    int end = random.nextBoolean() ? at : Math.min(input.length(), at + 1 + random.nextInt(3));
    return input.substring(0, at) + FAULTS[random.nextInt(FAULTS.length)] + input.substring(end);
  }
}
