package io.tidegate.engine.signup.desk;

class SaleOnPostgresTest extends SaleContract {

  @Override
  TestDesk open(DeskSettings settings) {
    return new TestDesk(Postgres.freshDatabase(), settings);
  }
}
