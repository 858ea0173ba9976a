package io.tidegate.engine.signup.watch;

import io.tidegate.engine.signup.gate.GateChange;
import io.tidegate.engine.signup.gate.GateKeeping;
import io.tidegate.engine.signup.gate.GateRecord;
import io.tidegate.engine.signup.gate.GateText;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/**
 * Keeps the gates in small files, one for each plan, for a gate that has no store: a pause outlives
 * a crash, and nobody is counted or waits. What is kept has been forced to disk.
 *
 * <p>Threading: safe for all; files are written on the executor.
 */
public final class GateFiles implements GateKeeping {
  private final Path folder;
  private final Executor blocking;

  /** Files in that folder, which need not exist. */
  public GateFiles(Path folder, Executor blocking) {
    this.folder = folder;
    this.blocking = blocking;
  }

  @Override
  public CompletionStage<Optional<GateRecord>> kept(String plan) {
    return CompletableFuture.supplyAsync(
        () -> {
          Path file = file(plan);
          try {
            return Files.exists(file)
                ? Optional.of(GateText.read(Files.readString(file)))
                : Optional.empty();
          } catch (IOException | IllegalArgumentException e) {
            throw new IllegalStateException("cannot read " + file + ": " + e.getMessage(), e);
          }
        },
        blocking);
  }

  @Override
  public CompletionStage<Void> keep(String plan, GateRecord record, List<GateChange> changes) {
    return CompletableFuture.runAsync(
        () -> {
          Path file = file(plan);
          try {
            write(file, GateText.write(record));
          } catch (IOException e) {
            throw new IllegalStateException("cannot write " + file + ": " + e.getMessage(), e);
          }
        },
        blocking);
  }

  private void write(Path file, String text) throws IOException {
    Files.createDirectories(folder);
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    try (FileChannel channel =
        FileChannel.open(
            fresh,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
    Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
  }

  @Override
  public Counts counts(String plan) {
    return new Counts(0, 0, 0, 0);
  }

  @Override
  public void invite(String plan, long most) {
    // Nobody waits.
  }

  private Path file(String plan) {
    return folder.resolve(plan + ".gate");
  }
}
