package org.dl4jsnn.examples.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.dl4jsnn.examples.cli.CommandLineRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AveragingRoundTest {

  private static final double MEGABYTE = 1e6;

  /** A minibatch of 0.5 s, 10 MB, 100 MB/s, and no other costs but those given. */
  private static AveragingRound round(double fixed, double task, double adding) {
    return new AveragingRound(0.5, 10 * MEGABYTE, fixed, task, 0, adding, 100 * MEGABYTE, 2);
  }

  @Test
  void shouldAddUpWhatARoundTakes() {
    // 4 · 0.5 training, 0.2 fixed, 2 · 0.01 tasks, 2 hops and 2 results of 0.1 s, 2 · 0.05 adding.
    assertEquals(2.72, round(0.2, 0.01, 5e-9).seconds(2, 4), 1e-12);
    assertEquals(2 / 2.72, round(0.2, 0.01, 5e-9).efficiency(2, 4), 1e-12);
    assertEquals(2 * 4 * 64 / 2.72, round(0.2, 0.01, 5e-9).samplesPerSecond(2, 4, 64), 1e-9);
  }

  @Test
  void shouldCopyOnceWhateverTheWorkers() {
    AveragingRound free = new AveragingRound(0.5, 10 * MEGABYTE, 0, 0, 0, 0, 1e18, 2);
    AveragingRound copied = new AveragingRound(0.5, 10 * MEGABYTE, 0, 0, 2e-9, 0, 1e18, 2);
    for (int workers : new int[] {1, 256}) {
      assertEquals(0.02, copied.seconds(workers, 4) - free.seconds(workers, 4), 1e-9);
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "2, 2", "3, 2", "4, 3", "7, 3", "8, 4", "256, 9"})
  void shouldDoubleWhatIsSentUntilAllHaveIt(int workers, int hops) {
    assertEquals(hops, AveragingRound.hops(workers));
  }

  @Test
  void shouldCollectResultsAsSparkDoes() {
    assertEquals(List.of(1), AveragingRound.fanIns(1, 2));
    assertEquals(List.of(4), AveragingRound.fanIns(4, 2));
    assertEquals(List.of(4, 2), AveragingRound.fanIns(8, 2));
    assertEquals(List.of(7, 5), AveragingRound.fanIns(32, 2));
    assertEquals(List.of(16, 16), AveragingRound.fanIns(256, 2));
    assertEquals(List.of(256), AveragingRound.fanIns(256, 1));
    assertEquals(List.of(8, 8, 5), AveragingRound.fanIns(256, 3));
  }

  @Test
  void shouldTrainAllTheTimeIfNothingElseTakesTime() {
    AveragingRound free = new AveragingRound(0.5, 1, 0, 0, 0, 0, 1e18, 2);
    assertEquals(1, free.efficiency(256, 1), 1e-9);
    assertEquals(256 / 0.5 * 64, free.samplesPerSecond(256, 1, 64), 1e-3);
  }

  @Test
  void shouldWasteLessWithRarerAveragingAndMoreWithMoreWorkers() {
    AveragingRound round = round(0.2, 0.01, 5e-9);
    for (int workers = 2; workers <= 256; workers *= 2) {
      assertTrue(round.efficiency(workers, 16) > round.efficiency(workers, 4));
      assertTrue(round.efficiency(workers, 4) < round.efficiency(workers / 2, 4));
    }
  }

  @Test
  void shouldPrintATableOfYourOwnFigures() {
    CommandLineRun run = new CommandLineRun();
    String own = "--minibatch-seconds 0.5 --megabytes 10 --gigabits 0.8 --fixed-seconds 0.2";
    String rest =
        " --task-seconds 0.01 --copying-seconds 0 --adding-seconds 0.005 --averaging 4 --workers 2";
    assertEquals(0, run.execute(("scaling " + own + rest).split(" ")), run.errors());
    run.assertPrinted("| workers | 4 |");
    run.assertPrinted("| 2 | 188 (74 %) |");
    assertEquals(1, run.execute("scaling", "--gigabits", "0"));
    run.assertComplained("--gigabits must be positive and finite, got 0.0");
  }
}
