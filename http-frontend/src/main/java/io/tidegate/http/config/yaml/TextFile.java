package io.tidegate.http.config.yaml;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Reads a file of YAML as text: UTF-8, and at most 1 MiB. */
public final class TextFile {

  private static final long LARGEST_BYTES = 1_048_576;

  private TextFile() {}

  /**
   * The whole text.
   *
   * @throws IOException with a message that follows the name of the file
   */
  public static String read(Path file) throws IOException {
    try {
      if (Files.size(file) > LARGEST_BYTES) {
        throw new IOException("is larger than " + LARGEST_BYTES + " bytes");
      }
      byte[] bytes = Files.readAllBytes(file);
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new IOException("is not UTF-8", e);
    } catch (NoSuchFileException e) {
      throw new IOException("there is no such file", e);
    } catch (FileSystemException e) {
      throw new IOException("cannot be read: " + e.getMessage(), e);
    }
  }
}
