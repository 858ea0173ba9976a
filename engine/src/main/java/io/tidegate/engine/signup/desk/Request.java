package io.tidegate.engine.signup.desk;

import java.sql.SQLException;

/**
 * Something that is asked of the desk and changes the store.
 *
 * @param <T> what is answered once it is on disk
 */
public interface Request<T> {

  /**
   * Decides and writes. It may be called again, in another transaction, if the first one failed
   * through no fault of its own; so it keeps nothing outside of the transaction.
   */
  T decide(Transaction transaction) throws SQLException;
}
