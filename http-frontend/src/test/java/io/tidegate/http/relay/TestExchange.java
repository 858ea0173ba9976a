package io.tidegate.http.relay;

import io.tidegate.engine.admission.Outcome;
import io.tidegate.engine.admission.Permit;
import io.tidegate.engine.tier.TierTable;
import io.tidegate.http.access.Visit;
import io.tidegate.http.config.upstream.UpstreamConfig;
import io.tidegate.http.proxy.Grant;
import io.tidegate.http.proxy.Trip;
import io.tidegate.http.upstream.selection.Member;
import io.tidegate.http.upstream.selection.Place;
import io.tidegate.http.upstream.selection.Pool;
import io.tidegate.http.upstream.selection.Wanted;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.apache.pekko.http.javadsl.model.HttpRequest;

/** Exchanges that go nowhere, and write down what their permits are told. */
final class TestExchange {

  private TestExchange() {}

  /** The same for a chat request. */
  static Exchange of(List<String> told) {
    return of(told, HttpRequest.POST("/v1/chat/completions"));
  }

  /**
   * An exchange of a request.
   *
   * @param told gets what the permit is told, in order; "token" for the first token
   */
  static Exchange of(List<String> told, HttpRequest request) {
    Permit permit =
        new Permit() {
          @Override
          public void firstToken(long nowNanos) {
            told.add("token");
          }

          @Override
          public void tokens(int count) {
            told.add(count + " more");
          }

          @Override
          public void usage(long promptTokens, long completionTokens) {
            told.add(promptTokens + " and " + completionTokens);
          }

          @Override
          public void complete(Outcome outcome) {
            told.add(outcome.name());
          }
        };
    Grant grant =
        new Grant(TierTable.defaults().classes().get(0), 0, 0, Optional.empty(), Optional.empty());
    InetSocketAddress client = InetSocketAddress.createUnresolved("client", 1);
    return new Exchange(
        new Trip(request, client, "req_1", place(), permit, Optional.of(grant), Visit.UNSEEN, true),
        new Upload(request.entity()));
  }

  private static Place place() {
    Member member = new Member(UpstreamConfig.of("a", URI.create("http://a")));
    return new Pool(List.of(member), () -> 0).take(new Wanted("", 1), 0).orElseThrow();
  }
}
