package io.tidegate.engine.signup.desk;

import io.tidegate.engine.signup.store.StoreSettings;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class WaitListOnH2Test extends WaitListContract {
  @TempDir Path folder;

  @Override
  TestDesk open(DeskSettings settings) {
    return new TestDesk(
        StoreSettings.of("jdbc:h2:file:" + folder.resolve("tidegate"), "", ""), settings);
  }
}
