package io.tidegate.engine.simulation.scenario;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/** How long prompts and answers are, drawn independently of each other. Immutable. */
public final class ChatLengths {
  private static final ChatLengths CONVERSATION =
      new ChatLengths(
          Lengths.ofQuantiles(
              new double[] {0, .02, .1, .2, .3, .4, .5, .7, .8, .9, .95, .99, .999, 1},
              new double[] {
                2, 91, 207, 387, 403, 703, 1020, 1130, 1315, 2735, 4083, 4142, 6212, 14_050
              }),
          Lengths.ofQuantiles(
              new double[] {0, .02, .05, .1, .2, .3, .4, .5, .6, .7, .8, .9, .95, .99, .999, 1},
              new double[] {
                7, 24, 41, 54, 77, 91, 103, 129, 177, 370, 396, 424, 451, 601, 954, 1000
              }));

  private final Lengths prompts;
  private final Lengths answers;

  private ChatLengths(Lengths prompts, Lengths answers) {
    this.prompts = Objects.requireNonNull(prompts, "prompts");
    this.answers = Objects.requireNonNull(answers, "answers");
  }

  /**
   * Lengths like those of a large chat service: quantiles of the conversation service in Azure's
   * LLM inference trace 2023 (Patel et al., Splitwise, ISCA 2024; CC-BY 4.0).
   */
  public static ChatLengths conversation() {
    return CONVERSATION;
  }

  /**
   * The lengths of a trace: headings, then on each line a time, the tokens of the prompt and the
   * tokens of the answer, between commas.
   *
   * @throws IllegalArgumentException if a line is not like that, or there are fewer than two
   * @throws IOException if the file cannot be read
   */
  public static ChatLengths ofTrace(Path file) throws IOException {
    List<String> lines = Files.readAllLines(file);
    if (lines.size() < 1 + 2) {
      throw new IllegalArgumentException(file + ": a trace has at least two requests");
    }
    int[] prompts = new int[lines.size() - 1];
    int[] answers = new int[lines.size() - 1];
    for (int i = 0; i < prompts.length; i++) {
      String[] columns = lines.get(i + 1).strip().split(",", -1);
      try {
        prompts[i] = tokens(columns[1]);
        answers[i] = tokens(columns[2]);
      } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
        throw new IllegalArgumentException(
            "%s, line %d: not a time and two numbers of tokens, 1 or more: \"%s\""
                .formatted(file, i + 2, lines.get(i + 1)),
            e);
      }
    }
    return new ChatLengths(Lengths.ofSamples(prompts), Lengths.ofSamples(answers));
  }

  /** How long prompts are. */
  public Lengths prompts() {
    return prompts;
  }

  /** How long answers are. */
  public Lengths answers() {
    return answers;
  }

  private static int tokens(String column) {
    int tokens = Integer.parseInt(column);
    if (tokens < 1) {
      throw new IllegalArgumentException(column);
    }
    return tokens;
  }
}
