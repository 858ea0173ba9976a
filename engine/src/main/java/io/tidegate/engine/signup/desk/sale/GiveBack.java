package io.tidegate.engine.signup.desk.sale;

import io.tidegate.engine.signup.Place;
import io.tidegate.engine.signup.PlaceStatus;
import io.tidegate.engine.signup.desk.Answer;
import io.tidegate.engine.signup.desk.Refusal;
import io.tidegate.engine.signup.desk.Request;
import io.tidegate.engine.signup.desk.Transaction;
import java.sql.SQLException;
import java.util.Optional;

/** The channel was not paid and hands the place back. Doing so again changes nothing. */
public record GiveBack(String id) implements Request<Answer> {

  @Override
  public Answer decide(Transaction tx) throws SQLException {
    Optional<Place> found = tx.places().find(id);
    if (found.isEmpty()) {
      return new Answer.Refused(Refusal.UNKNOWN_PLACE);
    }
    Place place = found.get();
    return switch (place.status()) {
      case CONFIRMED -> new Answer.Refused(Refusal.ALREADY_CONFIRMED);
      case GIVEN_BACK, RUN_OUT -> new Answer.GivenBack(place);
      case HELD -> {
        Place ended = place.ended(PlaceStatus.GIVEN_BACK, tx.forgetAtMillis());
        tx.places().update(ended);
        tx.book(place.plan(), book -> book.held(-1));
        yield new Answer.GivenBack(ended);
      }
    };
  }
}
