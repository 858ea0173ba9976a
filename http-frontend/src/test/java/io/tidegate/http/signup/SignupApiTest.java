package io.tidegate.http.signup;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidegate.engine.signup.desk.waiting.InviteNext;
import io.tidegate.engine.signup.gate.order.SignupState;
import io.tidegate.http.signup.SignupApi.Call;
import io.tidegate.http.signup.SignupApi.Reply;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SignupApiTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final InetAddress HOME = InetAddress.getLoopbackAddress();

  @TempDir static Path folder;
  private static OpenDesk open;
  private static SignupApi api;
  private static String serviceKey;

  @BeforeAll
  static void openDesk() {
    open = new OpenDesk(folder, Set.of());
    serviceKey = open.serviceKey();
    api = new SignupApi(open.desk, Set.of("plus", "free"), 1000, () -> 0L);
  }

  @AfterAll
  static void closeDesk() {
    open.close();
  }

  private static Reply call(String method, String path, String body) {
    return call(method, path, body, Optional.empty(), Optional.of(serviceKey));
  }

  private static Reply call(
      String method, String path, String body, Optional<String> key, Optional<String> bearer) {
    Call call = new Call(method, path, key, bearer, body, HOME);
    return api.answer(call).toCompletableFuture().join();
  }

  private static JsonNode json(Reply reply) throws IOException {
    return JSON.readTree(reply.body());
  }

  private static void pause(SignupState state) {
    open.desk
        .ask(
            tx -> {
              tx.book("plus", book -> book.state(state));
              return state;
            })
        .toCompletableFuture()
        .join();
  }

  private static Reply join(String email) {
    return call("POST", "waitlist", "{\"email\":\"%s\",\"plan\":\"plus\"}".formatted(email));
  }

  private static String wants(String email) {
    return "{\"email\":\"%s\",\"plan\":\"plus\",\"channel\":\"card\"}".formatted(email);
  }

  @Test
  void answersAStrangerTheSameWhetherAnEmailIsKnownOrNot() throws IOException {
    Reply fresh = join("shape-a@x.org");
    Reply known = join("shape-a@x.org");
    Reply subscribed;
    call("POST", "subscriptions", wants("shape-b@x.org"));
    subscribed = join("shape-b@x.org");

    assertThat(List.of(fresh.status(), known.status(), subscribed.status())).containsOnly(202);
    for (Reply other : List.of(known, subscribed)) {
      assertThat(shape(other)).isEqualTo(shape(fresh));
      Reply look = call("GET", "waitlist/" + json(other).get("id").asText(), "");
      assertThat(shape(look)).isEqualTo(shape(fresh));
      assertThat(json(look).get("status").asText()).isEqualTo("waiting");
    }
    long first = json(fresh).get("position").asLong();
    assertThat(json(known).get("position").asLong()).isEqualTo(first + 1);
    assertThat(json(subscribed).get("position").asLong()).isEqualTo(first + 2);
  }

  private static List<String> shape(Reply reply) throws IOException {
    List<String> shape = new ArrayList<>();
    JsonNode json = json(reply);
    for (Iterator<String> names = json.fieldNames(); names.hasNext(); ) {
      String name = names.next();
      shape.add(name + ":" + json.get(name).getNodeType());
    }
    return shape;
  }

  @Test
  void replaysTheSameKeyAndRefusesItForAnotherBody() {
    String body = "{\"email\":\"twice@x.org\",\"plan\":\"plus\"}";
    Reply first = call("POST", "waitlist", body, Optional.of("k-1"), Optional.empty());
    Reply again = call("POST", "waitlist", body, Optional.of("k-1"), Optional.empty());
    String other = body.replace("twice", "thrice");
    Reply conflict = call("POST", "waitlist", other, Optional.of("k-1"), Optional.empty());
    assertThat(again).isEqualTo(first);
    assertThat(conflict.status()).isEqualTo(409);
    assertThat(
            call("POST", "waitlist", body, Optional.of("k".repeat(256)), Optional.empty()).status())
        .isEqualTo(400);
  }

  @Test
  void showsAKeyOnce() throws IOException {
    Optional<String> key = Optional.of("buy-1");
    Optional<String> service = Optional.of(serviceKey);
    Reply first = call("POST", "subscriptions", wants("key@x.org"), key, service);
    Reply again = call("POST", "subscriptions", wants("key@x.org"), key, service);
    assertThat(first.status()).isEqualTo(201);
    assertThat(json(first).get("api_key").asText()).startsWith("tg-");
    assertThat(again.status()).isEqualTo(201);
    assertThat(json(again).get("api_key").isNull()).isTrue();
    assertThat(json(again).get("id")).isEqualTo(json(first).get("id"));
    assertThat(call("POST", "subscriptions", wants("key@x.org")).status()).isEqualTo(409);
  }

  @Test
  void sellsToTheServiceOnly() throws IOException {
    Reply bought = call("POST", "subscriptions", wants("own@x.org"));
    Optional<String> subscribers = Optional.of(json(bought).get("api_key").asText());
    for (Optional<String> bearer :
        List.of(Optional.<String>empty(), Optional.of("tgs-guess"), subscribers)) {
      for (String path :
          List.of("places", "subscriptions", "invites/x/claim", "places/x/confirm", "nowhere")) {
        assertThat(call("POST", path, wants("q@x.org"), Optional.empty(), bearer).status())
            .as(path)
            .isEqualTo(401);
      }
    }
  }

  @Test
  void holdsAPlaceAndConfirmsItDuringAPause() throws IOException {
    Reply held = call("POST", "places", wants("gift@x.org"));
    assertThat(held.status()).isEqualTo(201);
    pause(SignupState.PAUSED);
    try {
      String id = json(held).get("id").asText();
      Reply late = call("POST", "places", wants("late@x.org"));
      Reply confirmed = call("POST", "places/" + id + "/confirm", "{\"payment_reference\":\"p1\"}");
      assertThat(late.status()).isEqualTo(202);
      assertThat(json(late).get("object").asText()).isEqualTo("waitlist_entry");
      assertThat(confirmed.status()).isEqualTo(201);
      assertThat(call("DELETE", "places/" + id, "").status()).isEqualTo(409);
      assertThat(call("DELETE", "places/plc_none", "").status()).isEqualTo(404);
    } finally {
      pause(SignupState.OPEN);
    }
  }

  @Test
  void takesBillingsWordAlsoWhilePaused() throws IOException {
    pause(SignupState.PAUSED);
    try {
      String word =
          "{\"plan\":\"plus\",\"status\":\"active\",\"subscribed_at\":\"2021-03-01T00:00:00Z\"}";
      Reply put = call("PUT", "subscribers/cus_1", word);
      assertThat(put.status()).isEqualTo(200);
      assertThat(json(put).get("subscribed_at").asText()).isEqualTo("2021-03-01T00:00:00Z");
      Reply changed = call("PUT", "subscribers/cus_1", "{\"plan\":\"free\"}");
      assertThat(json(changed).get("subscribed_at").asText()).isEqualTo("2021-03-01T00:00:00Z");
      assertThat(call("PUT", "subscribers/cus_1", "{\"plan\":\"gold\"}").status()).isEqualTo(400);
      assertThat(call("PUT", "subscribers/cus_2", "{}").status()).isEqualTo(404);
    } finally {
      pause(SignupState.OPEN);
    }
  }

  @Test
  void claimsAnInviteOnce() throws IOException {
    String id = json(join("claims@x.org")).get("id").asText();
    while (!json(call("GET", "waitlist/" + id, "")).get("status").asText().equals("invited")) {
      open.desk.ask(new InviteNext("plus", 10)).toCompletableFuture().join();
    }
    String token =
        open.desk
            .ask(tx -> tx.tokens().of(tx.entries().find(id).orElseThrow()))
            .toCompletableFuture()
            .join();
    assertThat(call("POST", "invites/" + token + "/claim", "{}").status()).isEqualTo(201);
    assertThat(call("POST", "invites/" + token + "/claim", "{}").status()).isEqualTo(409);
    assertThat(call("POST", "invites/" + id + ".forged/claim", "{}").status()).isEqualTo(404);
    JsonNode entry = json(call("GET", "waitlist/" + id, ""));
    assertThat(entry.get("status").asText()).isEqualTo("converted");
    assertThat(entry.get("position").isNull()).isTrue();
  }

  @Test
  void saysWhatIsWrongWithABody() throws IOException {
    Reply huge = join("a".repeat(10_000) + "@x.org");
    assertThat(huge.status()).isEqualTo(400);
    assertThat(json(huge).get("error").get("param").asText()).isEqualTo("email");
    assertThat(huge.body()).contains("254").hasSizeLessThan(400);
    assertThat(join("nobody").status()).isEqualTo(400);
    assertThat(call("POST", "waitlist", "{\"email\":\"a@x.org\",\"plan\":\"gold\"}").body())
        .contains("not_sold");
    assertThat(call("POST", "waitlist", "{\"email\":\"a@x.org\"}").body()).contains("plan");
    assertThat(call("POST", "waitlist", "[1]").status()).isEqualTo(400);
    assertThat(call("POST", "waitlist", "{").body()).contains("invalid_json");
    assertThat(call("POST", "waitlist", "{\"email\":\"a@x.org\",\"pln\":\"plus\"}").body())
        .contains("pln");
    assertThat(call("GET", "waitlist/wle_none", "").status()).isEqualTo(404);
  }

  @Test
  void limitsJoinsByAddress() {
    SignupApi strict = new SignupApi(open.desk, Set.of("plus"), 2, () -> 0L);
    List<Integer> statuses = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      String body = "{\"email\":\"rate%d@x.org\",\"plan\":\"plus\"}".formatted(i);
      Call call = new Call("POST", "waitlist", Optional.empty(), Optional.empty(), body, HOME);
      statuses.add(strict.answer(call).toCompletableFuture().join().status());
    }
    assertThat(statuses).containsExactly(202, 202, 429);
  }

  @Test
  void leavesTheLine() throws IOException {
    String id = json(join("leaves@x.org")).get("id").asText();
    Reply left = call("DELETE", "waitlist/" + id, "");
    assertThat(left.status()).isEqualTo(200);
    assertThat(json(left).get("status").asText()).isEqualTo("left");
  }
}
