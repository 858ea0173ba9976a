package io.tidegate.http.signup;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidegate.engine.signup.Email;
import io.tidegate.engine.signup.desk.Request;
import io.tidegate.engine.signup.desk.upkeep.Delivered;
import io.tidegate.engine.signup.desk.upkeep.IssueKey;
import io.tidegate.engine.signup.desk.waiting.Join;
import io.tidegate.engine.signup.store.table.OutboxTable;
import io.tidegate.engine.signup.store.table.OutboxTable.Delivery;
import io.tidegate.http.signup.SignupApi.Reply;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Lists that are longer than a page. Shown red by hand: pages that never say that there is more.
 */
class DeskAdminTest {
  private static final int MANY = 2_100;

  @TempDir private Path folder;
  private OpenDesk open;
  private DeskAdmin admin;

  @BeforeEach
  void open() {
    open = new OpenDesk(folder, Set.of("crm", "shop"));
    admin = new DeskAdmin(open.desk, Set.of("plus"));
  }

  @AfterEach
  void close() {
    open.close();
  }

  private void many(IntFunction<Request<?>> request) {
    List<CompletionStage<?>> asked = new ArrayList<>();
    for (int i = 0; i < MANY; i++) {
      asked.add(open.desk.ask(request.apply(i)));
    }
    asked.forEach(stage -> stage.toCompletableFuture().join());
  }

  private static List<JsonNode> all(String name, Function<String, Reply> page) throws IOException {
    List<JsonNode> all = new ArrayList<>();
    String after = "";
    JsonNode answer;
    do {
      answer = new ObjectMapper().readTree(page.apply(after).body());
      answer.path(name).forEach(all::add);
      assertThat(answer.path(name)).hasSizeLessThanOrEqualTo(1000);
      after = answer.path("next").asText();
    } while (answer.path("more").asBoolean());
    assertThat(answer.path("next").isNull()).isTrue();
    return all;
  }

  @Test
  void showsAllEntriesPageByPageInTheirOrder() throws IOException {
    many(i -> new Join(new Email("p%d@x.org".formatted(i)), "plus"));
    assertThat(all("entries", after -> admin.waitlist("plus", after)))
        .extracting(entry -> entry.path("ticket").asInt())
        .hasSize(MANY)
        .isSorted()
        .doesNotHaveDuplicates();
  }

  @Test
  void showsAllKeysPageByPage() throws IOException {
    many(i -> new IssueKey(Optional.empty(), "key " + i));
    assertThat(all("keys", admin::keys))
        .extracting(key -> key.path("label").asText())
        .hasSize(MANY)
        .doesNotHaveDuplicates();
  }

  @Test
  void showsAllLostEventsPageByPageForEachListener() throws IOException {
    many(i -> new Join(new Email("p%d@x.org".formatted(i)), "plus"));
    List<Delivery> events =
        open.desk
            .look(
                (connection, fingerprints) ->
                    new OutboxTable(connection).due(Long.MAX_VALUE, 9_999))
            .toCompletableFuture()
            .join();
    assertThat(events).hasSize(2 * MANY);
    many(i -> lost(events.get(2 * i)));
    many(i -> lost(events.get(2 * i + 1)));
    assertThat(all("events", admin::dead))
        .extracting(event -> event.path("id").asText() + " " + event.path("target").asText())
        .hasSize(2 * MANY)
        .doesNotHaveDuplicates();
  }

  private static Delivered lost(Delivery event) {
    return new Delivered(
        event.id(), event.target(), Optional.of("answered 500"), OptionalLong.empty());
  }
}
