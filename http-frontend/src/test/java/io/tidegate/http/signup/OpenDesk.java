package io.tidegate.http.signup;

import io.tidegate.engine.signup.desk.Answer;
import io.tidegate.engine.signup.desk.DeskSettings;
import io.tidegate.engine.signup.desk.SaleTerms;
import io.tidegate.engine.signup.desk.SignupDesk;
import io.tidegate.engine.signup.desk.upkeep.IssueKey;
import io.tidegate.engine.signup.desk.upkeep.Sweep;
import io.tidegate.engine.signup.store.StoreException;
import io.tidegate.engine.signup.store.StoreSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/** A desk with its actor on an H2 file, for one test class. */
final class OpenDesk implements AutoCloseable {
  final ActorSystem<Void> system = ActorSystem.create(Behaviors.empty(), "desk");
  final SignupDesk desk;

  OpenDesk(Path folder, Set<String> listeners) {
    this(StoreSettings.of("jdbc:h2:file:" + folder.resolve("tidegate"), "", ""), listeners);
  }

  OpenDesk(StoreSettings where, Set<String> listeners) {
    Map<String, Duration> holds = new LinkedHashMap<>();
    holds.put("card", Duration.ofMinutes(15));
    SaleTerms plus =
        new SaleTerms("plus", OptionalLong.empty(), holds, Optional.empty(), Duration.ofDays(2));
    try {
      desk =
          SignupDesk.start(
              where,
              DeskSettings.of(List.of(plus), listeners),
              System::currentTimeMillis,
              new Sweep(),
              system);
    } catch (StoreException e) {
      system.terminate();
      throw new IllegalStateException(e);
    }
  }

  String serviceKey() {
    Answer issued = desk.ask(new IssueKey(Optional.empty(), "shop")).toCompletableFuture().join();
    return ((Answer.Issued) issued).text();
  }

  @Override
  public void close() {
    desk.close();
    system.terminate();
    system.getWhenTerminated().toCompletableFuture().join();
  }
}
