package org.dl4jsnn.examples.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.ServiceLoader;
import org.dl4jsnn.examples.cli.CommandLineRun;
import org.dl4jsnn.examples.support.AddedExample;
import org.junit.jupiter.api.Test;

class MissingSparkTest {

  @Test
  void shouldNameTheProfileWhateverTheOptions() {
    assumeTrue(ServiceLoader.load(AddedExample.class).findFirst().isEmpty(), "-Pspark is there");
    CommandLineRun run = new CommandLineRun();
    assertEquals(1, run.execute("spark", "--master", "spark://host:7077", "--epochs", "3"));
    run.assertComplained("must run with Maven's profile spark");
    run.assertComplained("mvn -q -B -Pspark compile exec:exec -Dexample=spark");
  }
}
