package io.tidegate.loadtest.backend.http.answer;

import io.tidegate.loadtest.backend.capacity.TokenReader;

/** An answer that never comes: holds its place in the batch until the client has had enough. */
enum HungAnswer implements TokenReader {
  INSTANCE;

  @Override
  public void begin() {}

  @Override
  public boolean ready() {
    return false;
  }

  @Override
  public void token(int number) {}

  @Override
  public void flush() {}

  @Override
  public boolean finish() {
    return false;
  }
}
