package io.tidegate.http.upstream.selection;

import java.util.List;
import java.util.function.DoubleSupplier;

/**
 * The less busy of two that are drawn by lot, each lot as likely as its weight; busy means requests
 * in flight for each unit of weight. Two lots are enough to come close to the least busy of all,
 * and many gates that see the same do not all run to the same one.
 *
 * <p>Source: Mitzenmacher, The Power of Two Choices in Randomized Load Balancing (2001).
 */
final class TwoChoices {

  private TwoChoices() {}

  /**
   * One of a list that is not empty.
   *
   * @param random from 0 to 1, uniform, 1 left out
   */
  static Member of(List<Member> members, DoubleSupplier random) {
    Member first = draw(members, null, random);
    if (members.size() == 1) {
      return first;
    }
    Member second = draw(members, first, random);
    return load(second) < load(first) ? second : first;
  }

  private static Member draw(List<Member> members, Member other, DoubleSupplier random) {
    int sum = 0;
    for (Member member : members) {
      sum += member == other ? 0 : member.config().weight();
    }
    double left = random.getAsDouble() * sum;
    Member drawn = null;
    for (Member member : members) {
      if (member != other && left >= 0) {
        drawn = member;
        left -= member.config().weight();
      }
    }
    return drawn;
  }

  private static double load(Member member) {
    return (member.inflight() + 1.0) / member.config().weight();
  }
}
