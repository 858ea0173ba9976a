package io.tidegate.http.cli.operator;

import io.tidegate.http.config.listen.AdminConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/** The operator's token, kept in the data directory where nobody else has set one. */
public final class AdminToken {

  private static final String FILE = "admin-token";

  private AdminToken() {}

  /** An admin port that others can reach gets a token; one on this machine alone needs none. */
  public static AdminConfig secured(AdminConfig admin, Path dataDir) throws IOException {
    if (admin.token().isPresent() || isLoopback(admin.host())) {
      return admin;
    }
    Optional<String> kept = readFrom(dataDir);
    return admin.withToken(kept.isPresent() ? kept.get() : make(dataDir));
  }

  /** The token of the gate that uses a data directory; empty if it has none there. */
  static Optional<String> readFrom(Path dataDir) throws IOException {
    Path file = dataDir.resolve(FILE);
    return Files.isRegularFile(file)
        ? Optional.of(Files.readString(file).strip()).filter(token -> !token.isEmpty())
        : Optional.empty();
  }

  private static String make(Path dataDir) throws IOException {
    Files.createDirectories(dataDir);
    Path file = dataDir.resolve(FILE);
    Files.deleteIfExists(file);
    if (FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }
    String token = RandomText.of(32);
    Files.writeString(file, token + "\n");
    return token;
  }

  private static boolean isLoopback(String host) {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false; // binding will say what is wrong with it
    }
  }
}
