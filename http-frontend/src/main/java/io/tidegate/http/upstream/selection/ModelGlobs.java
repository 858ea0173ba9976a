package io.tidegate.http.upstream.selection;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The models that an upstream serves, as globs in which {@code *} stands for any text.
 *
 * <p>Threading: immutable, safe for all.
 */
public final class ModelGlobs {

  private static final String ALL = "*";

  private final boolean all;
  private final Pattern pattern;

  public ModelGlobs(List<String> globs) {
    all = globs.contains(ALL);
    pattern =
        Pattern.compile(
            globs.stream().map(ModelGlobs::regex).collect(Collectors.joining("|")), Pattern.DOTALL);
  }

  /** Whether a model is served; a request that names none is. */
  public boolean match(String model) {
    return all || model.isEmpty() || pattern.matcher(model).matches();
  }

  /** Whether every model is served. */
  public boolean matchAll() {
    return all;
  }

  private static String regex(String glob) {
    return Arrays.stream(glob.split("\\*", -1))
        .map(Pattern::quote)
        .collect(Collectors.joining(".*"));
  }
}
