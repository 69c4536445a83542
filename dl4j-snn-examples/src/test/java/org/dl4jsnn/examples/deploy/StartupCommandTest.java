package org.dl4jsnn.examples.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.dl4jsnn.examples.cli.CommandLineRun;
import org.dl4jsnn.runtime.SpikingModel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StartupCommandTest {

  @TempDir private Path folder;
  private final CommandLineRun run = new CommandLineRun();

  /** If the build has no runtime jar yet, the missing file is named. */
  @Test
  void shouldNameWhatIsMissing() {
    String missing = folder.resolve("none.snn").toString();
    assertEquals(1, run.execute("deploy", "startup", missing, "--runtime=" + folder));
    assertTrue(run.errors().contains(missing), run.errors());
    assertEquals(2, run.execute("deploy"));
    assertTrue(run.errors().contains("Missing required option: '--to=<to>'"), run.errors());
  }

  @Test
  void shouldAnswerOnce() throws Exception {
    Path model = folder.resolve("digits.snn");
    assertEquals(0, run.execute("deploy", "--bits=8", "--to=" + model), run.errors());
    FirstAnswer.main(new String[] {model.toString()});
    assertEquals("1×28×28", SpikingModel.load(model).inputShape().toString());
  }
}
