package io.tidegate.http.signup;

import io.tidegate.engine.signup.desk.waiting.InviteNext;
import io.tidegate.engine.signup.gate.order.SignupState;
import io.tidegate.engine.signup.store.StoreSettings;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.http.javadsl.Http;
import org.apache.pekko.http.javadsl.ServerBinding;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.settings.ServerSettings;
import org.apache.pekko.japi.function.Function;

/**
 * The sign-up calls alone, as a process that can be killed: prints its port and a service key.
 * Whoever stands behind so many in the line waits; those before them are invited as they come. Two
 * calls more are the test's own: tokens of invites, and a pause of the other plan.
 */
final class SignupServer implements AutoCloseable {
  private static final InetSocketAddress NOWHERE =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 1);

  private static final Duration DRIP_EVERY = Duration.ofMillis(50);
  private static final int LINE = 20;

  private final OpenDesk open;
  private final ServerBinding binding;
  private final String serviceKey;

  SignupServer(StoreSettings where) {
    open = new OpenDesk(where, Set.of("crm"));
    serviceKey = open.serviceKey();
    SignupApi api = new SignupApi(open.desk, Set.of("plus"), 1_000_000, System::nanoTime);
    SignupCalls calls = new SignupCalls(api, open.desk, null);
    open.system
        .scheduler()
        .scheduleWithFixedDelay(DRIP_EVERY, DRIP_EVERY, this::drip, open.system.executionContext());
    Function<HttpRequest, CompletionStage<HttpResponse>> handler =
        request ->
            request
                .toStrict(10_000, open.system)
                .thenCompose(whole -> answer(calls, (HttpRequest) whole));
    binding =
        Http.get(open.system)
            .newServerAt("127.0.0.1", 0)
            .withSettings(
                ServerSettings.create(Adapter.toClassic(open.system)).withMaxConnections(1024))
            .bind(handler)
            .toCompletableFuture()
            .join();
  }

  private CompletionStage<HttpResponse> answer(SignupCalls calls, HttpRequest request) {
    String path = request.getUri().path();
    if (calls.takes(path)) {
      return calls.answer(request, path, NOWHERE, "test");
    } else if (path.equals("/test/pause")) {
      return text(pauseOtherPlan());
    }
    String id = path.substring(path.lastIndexOf('/') + 1);
    return text(open.desk.ask(tx -> tx.tokens().of(tx.entries().find(id).orElseThrow())));
  }

  private void drip() {
    int first = Math.min(open.desk.books().of("plus").line().size() - LINE, InviteNext.MOST);
    if (first > 0) {
      open.desk.ask(new InviteNext("plus", first));
    }
  }

  private static CompletionStage<HttpResponse> text(CompletionStage<String> text) {
    return text.thenApply(found -> HttpResponse.create().withEntity(found))
        .exceptionally(failure -> HttpResponse.create().withStatus(503));
  }

  /** So that there is a pause that has to outlive everything. */
  CompletionStage<String> pauseOtherPlan() {
    return open.desk.ask(
        tx -> {
          tx.book("pro", book -> book.state(SignupState.PAUSED));
          return "paused";
        });
  }

  int port() {
    return binding.localAddress().getPort();
  }

  String serviceKey() {
    return serviceKey;
  }

  @Override
  public void close() {
    binding.unbind().toCompletableFuture().join();
    open.close();
  }

  /** Runs until it is killed. */
  public static void main(String[] args) throws InterruptedException {
    SignupServer server = new SignupServer(StoreSettings.of(args[0], args[1], ""));
    System.out.println("READY " + server.port() + " " + server.serviceKey());
    new CountDownLatch(1).await();
  }
}
