package io.tidegate.http.admin;

import io.tidegate.http.signup.DeskAdmin;
import io.tidegate.http.signup.SignupApi.Reply;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What an operator does at the desk of sign-ups: keys, subscribers, wait-list, lost events. */
final class DeskRoutes {
  private static final Logger AUDIT = LoggerFactory.getLogger("io.tidegate.audit");
  private static final String KEYS = "/admin/v1/keys";
  private static final String SUBSCRIBERS = "/admin/v1/subscribers";
  private static final String WAITLIST = "/admin/v1/waitlist";

  private final Optional<DeskAdmin> desk;

  DeskRoutes(Optional<DeskAdmin> desk) {
    this.desk = desk;
  }

  List<AdminRoute> all() {
    return List.of(
        read(KEYS, (admin, request) -> admin.keys(request.after())),
        change("POST", KEYS, (admin, request) -> admin.addKey(request.body())),
        change("DELETE", KEYS + "/{name}", (admin, request) -> admin.revokeKey(request.name())),
        read(SUBSCRIBERS, (admin, request) -> admin.subscribers(request.after())),
        read(SUBSCRIBERS + "/{name}", (admin, request) -> admin.subscriber(request.name())),
        change(
            "PUT",
            SUBSCRIBERS + "/{name}",
            (admin, request) -> admin.putSubscriber(request.name(), request.body())),
        change("DELETE", SUBSCRIBERS + "/{name}", (admin, request) -> admin.erase(request.name())),
        read(
            WAITLIST + "/{name}",
            (admin, request) -> admin.waitlist(request.name(), request.after())),
        change("POST", WAITLIST + "/{name}", (admin, request) -> admin.invite(request.name())),
        change("DELETE", WAITLIST + "/{name}", (admin, request) -> admin.remove(request.name())),
        read("/admin/v1/dead-events", (admin, request) -> admin.dead(request.after())));
  }

  private AdminRoute read(String path, BiFunction<DeskAdmin, AdminRoute.Request, Reply> call) {
    // These tell of people, so that not everybody may ask.
    return AdminRoute.change("GET", path, request -> answer(call, request));
  }

  private AdminRoute change(
      String method, String path, BiFunction<DeskAdmin, AdminRoute.Request, Reply> call) {
    return AdminRoute.change(
        method,
        path,
        request -> {
          HttpResponse answer = answer(call, request);
          // The id at most: a name may be an e-mail, and an audit outlives who is erased.
          String name = request.name().contains("@") ? "(an e-mail)" : request.name();
          AUDIT.info("{} {} {}: {}", method, path, name, answer.status().intValue());
          return answer;
        });
  }

  private HttpResponse answer(
      BiFunction<DeskAdmin, AdminRoute.Request, Reply> call, AdminRoute.Request request) {
    if (desk.isEmpty()) {
      return AdminAnswers.error(
          409, "This gate has no store: it sells no plan, and no `store.url` is configured.");
    }
    Reply reply = DeskAdmin.safely(() -> call.apply(desk.get(), request));
    return AdminAnswers.rawJson(reply.status(), reply.body() + "\n");
  }
}
