package io.tidegate.engine.signup.desk;

class WaitListOnPostgresTest extends WaitListContract {

  @Override
  TestDesk open(DeskSettings settings) {
    return new TestDesk(Postgres.freshDatabase(), settings);
  }
}
