package io.tidegate.engine.signup.desk;

import io.tidegate.engine.signup.desk.GroupCommit.Pending;
import java.util.List;

/** What came of several requests in one commit. */
record GroupOutcome(long done, long failed) {

  static GroupOutcome of(TestDesk desk, List<Request<Answer>> requests) {
    List<Pending<Answer>> group = requests.stream().map(Pending::of).toList();
    desk.run(group);
    long failed = group.stream().filter(p -> p.answer().isCompletedExceptionally()).count();
    return new GroupOutcome(group.size() - failed, failed);
  }
}
