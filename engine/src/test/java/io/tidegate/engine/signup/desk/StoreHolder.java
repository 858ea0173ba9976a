package io.tidegate.engine.signup.desk;

import io.tidegate.engine.signup.store.SignupStore;
import io.tidegate.engine.signup.store.StoreException;
import io.tidegate.engine.signup.store.StoreSettings;
import java.util.concurrent.CountDownLatch;

/** Another process that has a store open, until it is killed. */
final class StoreHolder {
  private StoreHolder() {}

  public static void main(String[] args) throws StoreException, InterruptedException {
    SignupStore store = SignupStore.at(StoreSettings.of(args[0], "", ""));
    store.write(connection -> true);
    System.out.println("open");
    new CountDownLatch(1).await();
  }
}
