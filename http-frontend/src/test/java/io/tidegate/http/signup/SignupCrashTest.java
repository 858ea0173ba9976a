package io.tidegate.http.signup;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.engine.signup.store.StoreException;
import io.tidegate.engine.signup.store.StoreSettings;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Invariant 8: what was acknowledged survives kill -9 at any moment, and is handed out once.
 *
 * <p>{@code -Dkills=20 -Dpeople=200} is the whole of it.
 */
class SignupCrashTest {
  private static final int KILLS = Integer.getInteger("kills", 3);
  private static final int PEOPLE = Integer.getInteger("people", 40);

  @TempDir Path folder;

  @Test
  void losesNothingThatWasAcknowledgedWhenItIsKilled()
      throws IOException, InterruptedException, StoreException {
    long seed = Long.getLong("seed", System.currentTimeMillis());
    Random random = new Random(seed);
    String url = "jdbc:h2:file:" + folder.resolve("tidegate");
    SignupCrowd crowd = new SignupCrowd();
    Process gate = start(url, crowd);
    try {
      crowd.begin(PEOPLE, seed);
      for (int kill = 0; kill < KILLS; kill++) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1000 + random.nextInt(1500)));
        gate.destroyForcibly().waitFor();
        gate = start(url, crowd);
      }
      LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(1));
      crowd.end();
    } finally {
      gate.destroyForcibly().waitFor();
    }
    System.out.printf("%d kills, %d people: %s%n", KILLS, PEOPLE, crowd);
    assertThat(crowd.joined).as("seed %d", seed).isNotEmpty();
    assertThat(crowd.claimed).as("seed %d", seed).isNotEmpty();
    SignupAudit.of(StoreSettings.of(url, "", ""), crowd);
  }

  private Process start(String url, SignupCrowd crowd) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-cp",
                System.getProperty("java.class.path"),
                SignupServer.class.getName(),
                url,
                "")
            .redirectError(folder.resolve("gate.log").toFile())
            .start();
    BufferedReader out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      if (line.startsWith("READY ")) {
        String[] words = line.split(" ", -1);
        crowd.at(new SignupCrowd.Gate(Integer.parseInt(words[1]), words[2]));
        call(words[1], "/test/pause");
        return process;
      }
    }
    throw new IOException("the gate did not start, see " + folder.resolve("gate.log"));
  }

  private static void call(String port, String path) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build();
    HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
  }
}
