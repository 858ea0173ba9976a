package io.tidegate.loadtest.record;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;

/**
 * What was measured cannot be kept: the disk is full, or the folder cannot be written. The message
 * is a sentence that names the folder and the reason; those of the system often name but one.
 */
public final class UnwritableException extends IOException {

  private static final long serialVersionUID = 1;

  private UnwritableException(Path folder, IOException cause) {
    super("cannot write to " + folder + ": " + reason(cause), cause);
  }

  /** Something that writes files. */
  @FunctionalInterface
  public interface Writing<T> {
    T write() throws IOException;
  }

  /** What was in the way of writing into a folder. */
  public static UnwritableException of(Path folder, IOException cause) {
    return cause instanceof UnwritableException known
        ? known
        : new UnwritableException(folder, cause);
  }

  /**
   * Does something that writes into a folder.
   *
   * @throws UnwritableException if it fails
   */
  public static <T> T explain(Path folder, Writing<T> writing) throws UnwritableException {
    try {
      return writing.write();
    } catch (IOException e) {
      throw of(folder, e);
    }
  }

  private static String reason(IOException cause) {
    if (cause instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (cause instanceof FileSystemException system) {
      return system.getReason() == null
          ? cause.getClass().getSimpleName() + " of " + system.getFile()
          : system.getReason();
    }
    return cause.getMessage() == null ? cause.toString() : cause.getMessage();
  }
}
