package org.dl4jsnn.examples.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Test;
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

  @Test
  void shouldStandForOtherOptions() {
    Program program = parsed("--recipe", "slow");
    assertEquals("slow", program.recipe);
    assertEquals(9, program.steps);
    assertEquals(0.5, program.rate);
    assertTrue(program.exact);
    assertEquals(4, parsed().steps);
  }

  @Test
  void shouldGivePriorityToWhatIsGiven() {
    for (String[] arguments :
        new String[][] {
          {"--recipe", "slow", "--steps", "5"},
          {"--recipe", "slow", "-s", "5"},
          {"--recipe=slow", "--steps=5"},
          {"--steps", "5", "--recipe", "slow"}
        }) {
      Program program = parsed(arguments);
      assertEquals(5, program.steps);
      assertEquals(0.5, program.rate);
      assertTrue(program.exact);
    }
  }

  @Test
  void shouldGivePriorityToAnOptionThatIsNegated() {
    assertFalse(parsed("--recipe", "slow", "--no-exact").exact);
    assertFalse(parsed("--no-exact", "--recipe", "slow").exact);
    assertTrue(parsed("--recipe", "fast", "--exact").exact);
    assertTrue(parsed("--exact", "--recipe", "fast").exact);
    assertFalse(parsed("--recipe", "fast").exact);
  }

  @Test
  void shouldLeaveOutWhatAGivenOptionReplaces() {
    Program warm = parsed("--recipe", "warm", "--schedule", "cosine");
    assertEquals(500, warm.warmUp);
    assertEquals(0.1, warm.weightDecay);
    for (String[] arguments :
        new String[][] {
          {"--recipe", "warm", "--schedule", "step", "--l2", "1e-3"},
          {"--recipe=warm", "--schedule=step", "--l2=1e-3"},
          {"--schedule", "step", "--l2=1e-3", "--recipe", "warm"}
        }) {
      Program program = parsed(arguments);
      assertEquals("step", program.schedule);
      assertEquals(0, program.warmUp);
      assertEquals(1e-3, program.l2);
      assertEquals(0, program.weightDecay);
    }
    assertEquals(3, parsed("--recipe", "warm", "--l2=1e-3", "--weight-decay", "3").weightDecay);
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
