package io.tidegate.engine.signup.desk.sale;

import io.tidegate.engine.signup.Email;
import io.tidegate.engine.signup.Subscription;
import io.tidegate.engine.signup.desk.SaleTerms;
import io.tidegate.engine.signup.desk.Transaction;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What is known of somebody who wants a plan.
 *
 * @param subscription what they have or had, of any plan
 * @param has whether they have this plan now
 * @param isNew whether they never had it: only such people can be held up
 */
record Buyer(Optional<Subscription> subscription, boolean has, boolean isNew) {

  static Buyer of(Transaction tx, Email email, SaleTerms terms) throws SQLException {
    List<Subscription> known = tx.subscribers().byEmail(email);
    boolean isNew = true;
    for (Subscription subscription : known) {
      if (subscription.active() && subscription.plan().equals(terms.plan())) {
        return new Buyer(Optional.of(subscription), true, false);
      }
      OptionalLong until = tx.subscribers().hadUntil(subscription.id(), terms.plan());
      isNew &= until.isEmpty() || !inGrace(tx, terms, until.getAsLong());
    }
    return new Buyer(known.stream().findFirst(), false, isNew);
  }

  private static boolean inGrace(Transaction tx, SaleTerms terms, long untilMillis) {
    return terms.grace().isEmpty() || untilMillis > tx.nowMillis() - terms.grace().get().toMillis();
  }
}
