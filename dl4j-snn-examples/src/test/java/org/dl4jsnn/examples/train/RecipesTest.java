package org.dl4jsnn.examples.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.Option;

class RecipesTest {

  static final class Two extends Recipes {
    Two() {
      super(
          Map.of(
              "slow", "--steps 9 --exact --rate 0.5",
              "fast", "--steps 2 --no-exact",
              "warm", "--schedule cosine --warm-up 500 --l2 0 --weight-decay 0.1"));
    }
  }

  static final class Program {

    @Option(names = "--recipe", preprocessor = Two.class)
    String recipe;

    @Option(names = {"--steps", "-s"})
    int steps = 4;

    @Option(names = "--rate")
    double rate = 1;

    @Option(names = "--schedule")
    String schedule = "step";

    @Option(names = "--warm-up")
    int warmUp;

    @Option(names = "--l2")
    double l2 = 0.5;

    @Option(names = "--weight-decay")
    double weightDecay;

    @Option(names = "--exact", negatable = true, defaultValue = "false", fallbackValue = "true")
    boolean exact;
  }

  private static Program parsed(String... arguments) {
    return CommandLine.populateCommand(new Program(), arguments);
  }

  /**
   * Arguments, and what they make of the options: steps, rate, schedule, warm-up, l2, decay, exact.
   */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ''                                               | 4 | 1.0 | step   |   0 | 0.5   | 0.0 | false
          --recipe slow                                    | 9 | 0.5 | step   |   0 | 0.5   | 0.0 | true
          --recipe slow --steps 5                          | 5 | 0.5 | step   |   0 | 0.5   | 0.0 | true
          --recipe slow -s 5                               | 5 | 0.5 | step   |   0 | 0.5   | 0.0 | true
          --recipe=slow --steps=5                          | 5 | 0.5 | step   |   0 | 0.5   | 0.0 | true
          --steps 5 --recipe slow                          | 5 | 0.5 | step   |   0 | 0.5   | 0.0 | true
          --recipe slow --no-exact                         | 9 | 0.5 | step   |   0 | 0.5   | 0.0 | false
          --no-exact --recipe slow                         | 9 | 0.5 | step   |   0 | 0.5   | 0.0 | false
          --recipe fast --exact                            | 2 | 1.0 | step   |   0 | 0.5   | 0.0 | true
          --exact --recipe fast                            | 2 | 1.0 | step   |   0 | 0.5   | 0.0 | true
          --recipe fast                                    | 2 | 1.0 | step   |   0 | 0.5   | 0.0 | false
          --recipe warm --schedule cosine                  | 4 | 1.0 | cosine | 500 | 0.0   | 0.1 | false
          --recipe warm --schedule step --l2 1e-3          | 4 | 1.0 | step   |   0 | 0.001 | 0.0 | false
          --recipe=warm --schedule=step --l2=1e-3          | 4 | 1.0 | step   |   0 | 0.001 | 0.0 | false
          --schedule step --l2=1e-3 --recipe warm          | 4 | 1.0 | step   |   0 | 0.001 | 0.0 | false
          --recipe warm --l2=1e-3 --weight-decay 3         | 4 | 1.0 | cosine | 500 | 0.001 | 3.0 | false
          """)
  void shouldStandForOptionsThatAreNotGivenOrReplaced(
      String arguments,
      int steps,
      double rate,
      String schedule,
      int warmUp,
      double l2,
      double decay,
      boolean exact) {
    Program program = parsed(arguments.isEmpty() ? new String[0] : arguments.split(" "));
    assertEquals(
        List.of(steps, rate, schedule, warmUp, l2, decay, exact),
        List.of(
            program.steps,
            program.rate,
            program.schedule,
            program.warmUp,
            program.l2,
            program.weightDecay,
            program.exact));
    assertEquals(arguments.contains("slow"), "slow".equals(program.recipe));
  }

  @Test
  void shouldRefuseOthers() {
    assertEquals(
        "--recipe must be one of fast, slow, warm, got quick",
        assertThrows(CommandLine.ParameterException.class, () -> parsed("--recipe", "quick"))
            .getMessage());
    assertThrows(CommandLine.ParameterException.class, () -> parsed("--recipe"));
  }
}
